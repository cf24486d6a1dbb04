-- The tables of an index. What a text that DuckDB would refuse (lone surrogates) begins with is "json:".
CREATE TABLE about (name VARCHAR, value VARCHAR);
-- A file that documents are in. asked: its id where no other file has it; origin: what lies on the disk (of a
-- file in an archive the archive), with its SHA-256.
CREATE TABLE files (
    file UINTEGER, asked VARCHAR, id VARCHAR, path VARCHAR, name VARCHAR, real VARCHAR, format VARCHAR,
    origin VARCHAR, sha256 VARCHAR
);
-- A document: its id is that of its file and the suffix. row is -1 for a whole file. hashes: how many its
-- fingerprint holds; coarse: of these the ones at the scale of long texts.
CREATE TABLE documents (
    number UINTEGER, file UINTEGER, suffix VARCHAR, start BIGINT, bytes BIGINT, row BIGINT, encoding VARCHAR,
    metadata VARCHAR, warnings VARCHAR, sha256 BLOB,
    fine BOOLEAN, size INTEGER, repairs INTEGER, characters BIGINT, digest BLOB,
    coarse UINTEGER, hashes UINTEGER
);
-- The raw text and the folded one, compressed together (so DuckDB need not try), and how many bytes its parts
-- take.
CREATE TABLE contents (
    number UINTEGER, raw BIGINT, folded BIGINT, wide BOOLEAN, opening BIGINT, told BIGINT,
    content BLOB USING COMPRESSION uncompressed
);
-- The upper 40 bits of the hashes of the fingerprints.
CREATE TABLE postings (hash UBIGINT, number UINTEGER);
-- What the hashes of each document weigh at least: at the scale of long texts, then all.
CREATE TABLE weights (number UINTEGER, coarse BIGINT, hashes BIGINT);
-- Hashes of the lines at the edges of each document, of which site furniture is learned.
CREATE TABLE edge_lines (number UINTEGER, head BLOB, foot BLOB, inside BLOB, sketch BLOB);
-- What was learned of them; kind is head, foot or inside.
CREATE TABLE furniture (kind VARCHAR, hash UBIGINT);
-- The documents that hold any of it.
CREATE TABLE touched (number UINTEGER);
