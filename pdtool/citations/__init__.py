"""Documents that are named in documents: their titles and numbers, the relation, and which they are."""
