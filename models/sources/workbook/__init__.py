"""A partner's workbook, read into monthly counts: values out, no database."""

from models.sources.workbook.reading import Cell, PartnerFigures, read_workbook

__all__ = ["Cell", "PartnerFigures", "read_workbook"]
