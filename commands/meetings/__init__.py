"""What /meeting is made of: one verb or two a file, and the words they share."""
