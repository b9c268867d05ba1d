"""User actions: what the window and the command line both do, one named function each.

Every function is one transaction (or one file), takes an opened store first, and returns what changed as a value; the
caller shows it. May touch everything below the two faces; knows neither Qt nor argparse. Themes, one module each:

- ``office``: create_office, open_office, office_info, check_office, backup_office, restore_office
- ``transfer``: import_answers, export_answers (folders in the microdata format)
- ``handin``: invite_device, enrol_device, pack_changes, pack_returns, inspect_package, receive_packages, devices,
  receipts, hand_in_state, target_list
- ``conflicts``: open_conflicts, settle_conflict, settle_with, undo_settlement
- ``leaflets``: guidance, choose, leaflet_pdf, write_leaflet (ticking is ``fieldwork.offers.tick``)
- ``settings``: known_settings, settings, change_settings, change_setting
- ``results``: survey_tables, write_tables, compare_with_published
- ``questionnaires``: check_questionnaire, add_questionnaire
- ``tutorial``: create_tutorial_office, run_demo

Answers, visits, opinions and offers are entered through ``visitapp.fieldwork`` directly (OpenResponse ...). Start
reading at ``office.py``.
"""
