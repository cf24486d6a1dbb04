"""The report as one HTML page that needs nothing else, or as a workbook of all its tables."""
