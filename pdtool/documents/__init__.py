"""Documents: what is known of each, and functions mapped over a corpus of them."""
