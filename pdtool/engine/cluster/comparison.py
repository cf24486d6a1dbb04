"""The documents of a table compared on a cluster: every stage is a pure function of those before.

rows → documents → profiles, furniture → hashes and totals → candidates → aligned pairs → rows by component
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, fields
from itertools import count
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from pdtool.corpus.read_options import ReadOptions
from pdtool.engine.cluster.aligned_pairs import AlignPairs, Common
from pdtool.engine.cluster.furniture import HoldsBlocks, blocks_of, edge_lines_apart, learn_together
from pdtool.engine.cluster.matching import EnoughPairs, NeededWeights, WeightedHashes
from pdtool.engine.cluster.profiles import ProfileDocuments
from pdtool.engine.cluster.shards import DOCUMENTS, ConcludeShards
from pdtool.engine.cluster.stage_folder import Places
from pdtool.engine.cluster.stage_store import Stages
from pdtool.engine.cluster.table_input import read_documents
from pdtool.errors import PdtoolError, Problem, Severity
from pdtool.language import _, spoken
from pdtool.normalise.furniture.shared_blocks import FEWEST_DOCUMENTS, SharedBlocks
from pdtool.progress import NO_PROGRESS, Progress
from pdtool.reuse.candidate_options import NOISE, least_shared
from pdtool.reuse.common_shingles import SINGLY, least_uncommon
from pdtool.reuse.dedupe import scale_of
from pdtool.reuse.findings import LARGE
from pdtool.reuse.fingerprint import limit
from pdtool.reuse.hash_totals import FREQUENT
from pdtool.reuse.hash_weights import FULL, weights
from pdtool.reuse.options import DedupeOptions, Keep
from pdtool.reuse.pair_counting import STAR_BEST, STAR_SHARE
from pdtool.reuse.postings import hash_bits
from pdtool.reuse.result_rows import large_cluster
from pdtool.reuse.rows import DocumentRow, PairRow, PassageRow

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

__all__ = ["By", "ClusterResult", "compare_on_cluster"]

By = Literal["pair", "passage", "document"]

_ROWS: dict[By, type] = {"pair": PairRow, "passage": PassageRow, "document": DocumentRow}
_RAW = (
    {"raw": "CAST(NULL AS BINARY)", "documents": ""},
    {
        "raw": "CASE WHEN l.key IS NULL THEN NULL ELSE d.raw END",
        "documents": "JOIN documents d ON d.key = p.key",
    },
)
"""What is put into the query of the shards: no raw texts, or those of documents that share text."""
_NEVER = 1 << 62
"""More than any number of shared hashes."""


@dataclass(frozen=True, slots=True)
class ClusterResult:
    """What was found; the rows are on the cluster until they are asked for.

    Args:
        stages: The stages of the run.
        by: What one row is.
        documents: How many documents could be read.
        characters: Characters read, over all documents.
        pairs: How many related pairs there are.
        kept: How many documents are to keep.
        problems: What could not be read, and warnings about what could.
    """

    stages: Stages
    by: By
    documents: int
    characters: int
    pairs: int
    kept: int
    problems: list[Problem]

    @property
    def row_type(self) -> type:
        """The dataclass of a row."""
        return _ROWS[self.by]

    def rows(self) -> Iterator[Any]:
        """Yield the rows of the table in their order, as they come."""
        lists = {one.name for one in fields(self.row_type) if str(one.type).startswith("tuple")}
        for found in self.stages.query("table", kind=self.by).toLocalIterator():
            cells = json.loads(found["cells"])
            cells |= {name: tuple(cells[name]) for name in lists}
            if "cluster" in cells:
                cells["cluster"] = found["number"]
            yield self.row_type(**cells)

    def ids_to_keep(self) -> Iterator[str]:
        """Yield the ids of the documents to keep, in their order."""
        for found in self.stages.query("kept").toLocalIterator():
            yield bytes(found["doc_a"]).decode("utf-8", "surrogatepass")


def compare_on_cluster(
    spark: SparkSession,
    places: Places,
    reading: ReadOptions,
    options: DedupeOptions,
    by: By,
    progress: Progress = NO_PROGRESS,
) -> ClusterResult:
    """Find the documents of a table that share text, on a cluster.

    Args:
        spark: The session.
        places: The table, and where the stages leave what they make: all of the cluster can write to and
            read it.
        reading: How the table is read.
        options: What decides the result.
        by: What one row is.
        progress: Told which stage is at work.

    Raises:
        InputError: If the table cannot be used.
        PdtoolError: If two ids have one key.
    """
    run = _Run(Stages(spark, places.stages), places, options, progress)
    problems = run.read(reading)
    blocks = run.profile()
    common = run.match()
    run.align(common)
    run.conclude(by, blocks, common)
    problems += run.problems()
    figures, counts = run.stages.one("figures"), run.stages.one("counts")
    return ClusterResult(
        run.stages,
        by,
        figures["documents"],
        figures["characters"] or 0,
        counts["pairs"] or 0,
        counts["kept"] or 0,
        problems,
    )


@dataclass(slots=True)
class _Run:
    """A comparison at work.

    Args:
        stages: Its stages.
        places: Where the table is.
        options: What decides the result.
        progress: Told which stage is at work.
        scaled: The scale of the fingerprints, once it is known.
    """

    stages: Stages
    places: Places
    options: DedupeOptions
    progress: Progress
    scaled: int = 1

    @property
    def coarsest(self) -> int:
        """The bits of the greatest hash at the coarse scale."""
        return int(hash_bits(np.asarray(limit(self.scaled))))

    def read(self, reading: ReadOptions) -> list[Problem]:
        """Read the rows as documents; return what could not be used."""
        self.progress.stage(_("reading"), 0)
        problems = read_documents(self.stages, self.places, reading)
        sizes = self.stages.one("sizes")
        if sizes["keys"] != sizes["documents"]:
            raise PdtoolError(
                _("two of {n:,} documents have one key by chance", n=sizes["documents"]),
                _("name the folder of the table otherwise, so that all ids are others"),
            )
        self.scaled = scale_of(sizes["bytes"] or 0, self.options)
        return problems

    def profile(self) -> SharedBlocks | None:
        """Repair, fold and fingerprint the documents; return the furniture that they taught."""
        stages, language = self.stages, spoken().value
        function = ProfileDocuments(self.places.name, self.scaled, self.options, language)
        stages.run("profiled", function, stages.query("all_documents"))
        self.progress.stage(_("removing site furniture"), 0)
        stages.run("lines", edge_lines_apart, stages.query("edges_of_documents"))
        held = stages.query("held", fewest=FEWEST_DOCUMENTS)
        stages.run_grouped("blocks", learn_together, held, "kind", "line")
        blocks = blocks_of(stages.query("all_blocks").toArrow().to_pylist())
        stages.run("touched", HoldsBlocks(blocks), stages.query("may_hold", fewest=FEWEST_DOCUMENTS))
        again = ProfileDocuments(self.places.name, self.scaled, self.options, language, blocks or None)
        to_repair = stages.query("to_repair_again" if blocks else "no_documents")
        stages.run("again", again, to_repair)
        stages.view("profiles")
        best = "id" if self.options.keep is Keep.FIRST else "struct(repairs, id)"
        stages.write("members", stages.query("members", best=best))
        return blocks or None

    def match(self) -> Common | None:
        """Find the pairs that are worth aligning; return the common shingles if they make a difference."""
        self.progress.stage(_("matching"), 0)
        stages, options = self.stages, self.options
        singly = options.threshold < SINGLY
        least_share = NOISE * (options.threshold or SINGLY)
        least = least_shared(options.min_passage, self.scaled)
        uncommon = least_uncommon(options.min_passage, self.scaled) if singly else None
        common = options.common if singly else 0
        stages.view("distinct_documents", min_passage=options.min_passage)
        stages.view("postings")
        documents = stages.one("distinct_count")["n"]
        stages.run("shared", WeightedHashes(documents), stages.query("hash_counts"))
        totals = stages.query("totals", full=FULL, coarsest=self.coarsest)
        stages.run("totals", NeededWeights(least_share), totals)
        stages.write("rare", stages.query("rare", frequent=FREQUENT))
        stages.write("stars", stages.query("stars", frequent=FREQUENT))
        lightest = int(weights(np.array([common]), documents)[0]) if common else 0
        rare = stages.query(
            "rare_pairs",
            least_weight=lightest,
            least_shared=least,
            least_uncommon=_NEVER if uncommon is None else uncommon,
        )
        stars = stages.query("star_pairs", least_shared=least, star_best=STAR_BEST)
        schema = "a long, b long"
        chosen = rare.mapInArrow(EnoughPairs(self.scaled, least_share, least, uncommon), schema)
        star_share = STAR_SHARE * least_share
        more = stars.mapInArrow(EnoughPairs(self.scaled, star_share, least, None), schema)
        stages.write("candidates", chosen.unionByName(more).distinct())
        if not common:
            return None
        found = stages.query("common", common=common, coarsest=self.coarsest).toArrow()
        hashes = found.column("hash").to_numpy().astype(np.uint64)
        return Common(hashes.tobytes(), self.scaled)

    def align(self, common: Common | None) -> None:
        """Align the candidates."""
        self.progress.stage(_("comparing"), 0)
        function = AlignPairs(self.options, common, spoken().value)
        self.stages.run("aligned", function, self.stages.query("to_align"))

    def conclude(self, by: By, blocks: SharedBlocks | None, common: Common | None) -> None:
        """Find the components, and make the rows of each."""
        self.progress.stage(_("finding what to keep"), 0)
        stages = self.stages
        stages.view("edges")
        self._label()
        buckets = 1 + stages.one("figures")["documents"] // DOCUMENTS
        shards = stages.query("shards", buckets=buckets, **_RAW[by == "passage"])
        function = ConcludeShards(self.places.name, self.options, common, spoken().value, by, blocks)
        stages.run_grouped("found", function, shards, "bucket")
        stages.view("clusters")

    def _label(self) -> None:
        """Give the documents of a component one label: each takes the least around it until none changes."""
        stages = self.stages
        stages.write("labels", stages.query("labels"))
        for number in count():
            stages.write("relabelled", stages.query("relabelled"), f"-{number}")
            changed = stages.one("changed")["n"]
            stages.name("labels", "relabelled", f"-{number}")
            if not changed:
                return

    def problems(self) -> list[Problem]:
        """Return what could not be read, warnings about what could, and what is said of large clusters."""
        stages = self.stages
        said = [
            Problem(self.places.name, message, hint, Severity(severity))
            for row in stages.query("problems").toLocalIterator()
            for message, hint, severity in json.loads(row["problems"])
        ]
        if self.options.all_pairs:
            return said
        large = stages.query("large_clusters", large=LARGE).toArrow().to_pylist()
        return said + [
            large_cluster(row["keeper"].decode("utf-8", "surrogatepass"), row["number"], row["n"])
            for row in large
        ]
