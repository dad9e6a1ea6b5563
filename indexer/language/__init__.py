"""Vietnamese text: its syllables and marks, dates and numerals; from a text to tokens."""
