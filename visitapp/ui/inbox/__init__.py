"""受信箱: packages of the laptops, checked, taken in, counted; and going back to before an import.

Start reading at ``page.py``. What is checked and done is ``commands.arrivals``; this only shows it and asks.
"""
