"""The report: what all analyses found about a corpus, gathered into what a page or a workbook shows."""
