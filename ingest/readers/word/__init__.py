"""Word: DOCX by its XML, DOC turned into DOCX first."""
