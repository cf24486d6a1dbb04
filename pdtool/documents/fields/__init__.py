"""What is known about a document, field by field, with where each was read and how sure that is."""
