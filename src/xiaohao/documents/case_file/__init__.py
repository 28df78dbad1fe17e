"""The whole case 一项一档 as one PDF with contents and page numbers: everything for its office, what is public for everybody."""
