"""One address for each page and state that is read by a test and drawn by ``make screenshots``."""

from __future__ import annotations

VIEWS = {
    "overview": "/?period=2022&level=basic&trace=1",
    "indicators": "/indicators?period=2022&indicator=coverage&level=basic",
    "problems": "/problems?period=2022&problem=low-coverage-basic",
    "compare": "/compare?period=2022&level=basic&sides=o:n-school-zarechnaya|o:n-school-rechnaya|p:2021",
    "explore": "/explore?period=2022&rows=organisation&columns=level",
    "explore years": "/explore?period=2022&rows=level&columns=period&look=years",
    "advice": "/advice?period=2022&action=act-coverage-plan",
    "documents": "/documents?period=2022",
    "receipts": "/receipts?period=2022",
    "measures": "/measures?period=2022",
    "organisations": "/organisations?period=2022",
    "organisation": "/organisations?period=2022&organisation=n-school-zarechnaya&level=basic&trace=1",
    "upload": "/upload?period=2023&organisation=n-school-rechnaya",
    "form": "/form?period=2023&organisation=n-school-rechnaya",
    "period": "/period?period=2023",
    "start": "/start",
    "registry": "/registry",
    "links": "/links?period=2022",
    "log": "/log",
    "accounts": "/accounts",
    "help": "/help?period=2022",
    "help words": "/help?topic=words",
    "help files": "/help?topic=files",
    "help findings": "/help?topic=findings",
    "help goals": "/help?topic=goals&period=2022",
    "help tours": "/help?topic=tours",
    "a step of a tour": "/?period=2022&step=head-1",
    "nothing": "/indicators?period=2020",
}
