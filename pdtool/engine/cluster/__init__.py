"""Documents compared on a cluster, over Spark Connect: six stages, each a table that the next one reads."""
