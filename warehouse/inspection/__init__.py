"""What an outside inspection asks for: one topic of one unit over years, packed from a release into one ZIP file.

`topics` says what belongs to a topic, `request` which unit and months are meant, `content` reads the release, `files` looks for
the files that were sent, `tables` and `index` write what people open, `pack` puts all of it together.
"""
