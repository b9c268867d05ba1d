-- Made from the migrations up to 0001 by python -m visitapp.store.schema; do not edit.

CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);

CREATE TABLE answer (
	id TEXT NOT NULL, 
	deleted BIGINT DEFAULT '0' NOT NULL, 
	response TEXT, 
	path TEXT, 
	"row" TEXT, 
	value TEXT, 
	note TEXT, 
	PRIMARY KEY (id)
);

CREATE INDEX ix_answer_path ON answer (path);

CREATE INDEX ix_answer_response ON answer (response);

CREATE TABLE change (
	number INTEGER NOT NULL, 
	table_name TEXT NOT NULL, 
	record TEXT NOT NULL, 
	field TEXT NOT NULL, 
	value TEXT NOT NULL, 
	hlc BIGINT NOT NULL, 
	person TEXT NOT NULL, 
	restores BIGINT, 
	standing INTEGER NOT NULL, 
	PRIMARY KEY (number)
);

CREATE INDEX ix_change_record ON change (record, table_name, field);

CREATE TABLE company (
	id TEXT NOT NULL, 
	deleted BIGINT DEFAULT '0' NOT NULL, 
	corporate_number TEXT, 
	name TEXT, 
	kana TEXT, 
	postal_code TEXT, 
	address TEXT, 
	phone TEXT, 
	founded_year BIGINT, 
	employees BIGINT, 
	capital_yen BIGINT, 
	industry TEXT, 
	PRIMARY KEY (id)
);

CREATE INDEX ix_company_corporate_number ON company (corporate_number);

CREATE TABLE "conflict" (
	table_name TEXT NOT NULL, 
	record TEXT NOT NULL, 
	field TEXT NOT NULL, 
	PRIMARY KEY (table_name, record, field)
)
 WITHOUT ROWID;

CREATE TABLE device (
	id TEXT NOT NULL, 
	deleted BIGINT DEFAULT '0' NOT NULL, 
	code TEXT, 
	role TEXT, 
	signing_key TEXT, 
	sealing_key TEXT, 
	revoked BIGINT, 
	PRIMARY KEY (id)
);

CREATE TABLE form (
	id TEXT NOT NULL, 
	deleted BIGINT DEFAULT '0' NOT NULL, 
	form_id TEXT, 
	version TEXT, 
	title TEXT, 
	definition TEXT, 
	workbook TEXT, 
	PRIMARY KEY (id)
);

CREATE TABLE kept (
	name TEXT NOT NULL, 
	value TEXT NOT NULL, 
	PRIMARY KEY (name)
);

CREATE TABLE meta (
	name TEXT NOT NULL, 
	value TEXT NOT NULL, 
	PRIMARY KEY (name)
);

CREATE TABLE offer (
	id TEXT NOT NULL, 
	deleted BIGINT DEFAULT '0' NOT NULL, 
	target TEXT, 
	programme TEXT, 
	stage TEXT, 
	ticked BIGINT, 
	reasons TEXT, 
	offered_at TEXT, 
	PRIMARY KEY (id)
);

CREATE INDEX ix_offer_target ON offer (target);

CREATE TABLE opinion (
	id TEXT NOT NULL, 
	deleted BIGINT DEFAULT '0' NOT NULL, 
	response TEXT, 
	company TEXT, 
	category TEXT, 
	text TEXT, 
	said_at TEXT, 
	follow_up TEXT, 
	due_on TEXT, 
	seq BIGINT, 
	PRIMARY KEY (id)
);

CREATE INDEX ix_opinion_company ON opinion (company);

CREATE INDEX ix_opinion_response ON opinion (response);

CREATE TABLE origin (
	ref INTEGER NOT NULL, 
	device TEXT NOT NULL, 
	complete BIGINT DEFAULT '0' NOT NULL, 
	latest BIGINT DEFAULT '0' NOT NULL, 
	PRIMARY KEY (ref), 
	UNIQUE (device)
);

CREATE TABLE package (
	id TEXT NOT NULL, 
	deleted BIGINT DEFAULT '0' NOT NULL, 
	kind TEXT, 
	direction TEXT, 
	peer TEXT, 
	number BIGINT, 
	path TEXT, 
	size BIGINT, 
	created_at TEXT, 
	received_at TEXT, 
	holds TEXT, 
	counts TEXT, 
	status TEXT, 
	person TEXT, 
	backup TEXT, 
	PRIMARY KEY (id)
);

CREATE INDEX ix_package_peer ON package (peer);

CREATE TABLE programme (
	id TEXT NOT NULL, 
	deleted BIGINT DEFAULT '0' NOT NULL, 
	fiscal_year BIGINT, 
	name TEXT, 
	provider TEXT, 
	status TEXT, 
	facts TEXT, 
	PRIMARY KEY (id)
);

CREATE TABLE receipt (
	id TEXT NOT NULL, 
	deleted BIGINT DEFAULT '0' NOT NULL, 
	package TEXT, 
	direction TEXT, 
	peer TEXT, 
	issued_at TEXT, 
	result TEXT, 
	PRIMARY KEY (id)
);

CREATE INDEX ix_receipt_package ON receipt (package);

CREATE TABLE replacement (
	number BIGINT NOT NULL, 
	replaced BIGINT NOT NULL, 
	PRIMARY KEY (number, replaced), 
	FOREIGN KEY(number) REFERENCES change (number)
)
 WITHOUT ROWID;

CREATE INDEX ix_replacement_replaced ON replacement (replaced);

CREATE TABLE response (
	id TEXT NOT NULL, 
	deleted BIGINT DEFAULT '0' NOT NULL, 
	target TEXT, 
	form TEXT, 
	status TEXT, 
	mode TEXT, 
	visited_on TEXT, 
	received_on TEXT, 
	visitor TEXT, 
	device TEXT, 
	respondent TEXT, 
	finalised_at TEXT, 
	reopen_reason TEXT, 
	PRIMARY KEY (id)
);

CREATE INDEX ix_response_target ON response (target);

CREATE TABLE setting (
	id TEXT NOT NULL, 
	deleted BIGINT DEFAULT '0' NOT NULL, 
	value TEXT, 
	PRIMARY KEY (id)
);

CREATE TABLE survey (
	id TEXT NOT NULL, 
	deleted BIGINT DEFAULT '0' NOT NULL, 
	name TEXT, 
	fiscal_year BIGINT, 
	reference_year BIGINT, 
	form TEXT, 
	mode TEXT, 
	starts_on TEXT, 
	ends_on TEXT, 
	PRIMARY KEY (id)
);

CREATE TABLE target (
	id TEXT NOT NULL, 
	deleted BIGINT DEFAULT '0' NOT NULL, 
	survey TEXT, 
	company TEXT, 
	visitor TEXT, 
	device TEXT, 
	mode TEXT, 
	planned_at TEXT, 
	PRIMARY KEY (id)
);

CREATE INDEX ix_target_company ON target (company);

CREATE INDEX ix_target_survey ON target (survey);

CREATE TABLE visit (
	id TEXT NOT NULL, 
	deleted BIGINT DEFAULT '0' NOT NULL, 
	target TEXT, 
	visited_at TEXT, 
	visitor TEXT, 
	respondent TEXT, 
	outcome TEXT, 
	note TEXT, 
	PRIMARY KEY (id)
);

CREATE INDEX ix_visit_target ON visit (target);
