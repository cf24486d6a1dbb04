"""Tests of the co-word network, and its definitions written plainly beside them."""
