"""What the components of the pages take: small frozen values and server-side drawings. One partial in templates/parts/ for each."""
