"""Tables of units, currencies and scale words, with the spellings that CLDR has not."""

from typing import Final

# The sign, CLDR's name of the unit, and further spellings: German and English ones.
UNITS: Final = {
    "%": (
        "concentr-percent",
        (
            "prozent|percent|per cent|prozentpunkt|prozentpunkte|"
            "prozentpunkten|percentage point|percentage points|prozentig|prozentige|"
            "prozentigen|prozentiger|prozentiges|prozentigem|v.h"
        ),
    ),
    "‰": ("concentr-permille", "promille|per mille|per mil"),
    "km": ("length-kilometer", "kilometer|kilometern|kilometers|kilometre|kilometres|kms"),
    "m": ("length-meter", "meter|metern|meters|metre|metres"),
    "dm": ("length-decimeter", "dezimetern"),
    "cm": ("length-centimeter", "zentimetern|centimetre|centimetres"),
    "mm": ("length-millimeter", "millimetern|millimetre|millimetres"),
    "µm": ("length-micrometer", "mikrometern|μm|micrometre|micrometres"),
    "nm": ("length-nanometer", "nanometern|nanometre|nanometres"),
    "mi": ("length-mile", "meilen|miles"),
    "ft": ("length-foot", "fuß|fuss|feet"),
    "inch": ("length-inch", "zoll|inches"),
    "yd": ("length-yard", "yards"),
    "kg": ("mass-kilogram", "kilo|kilos|kilogrammen|kilogramme"),
    "g": ("mass-gram", "gramm|gramms|grammes"),
    "mg": ("mass-milligram", "milligramme|milligrammes"),
    "µg": ("mass-microgram", "μg"),
    "t": ("mass-tonne", "tonne|tonnen|tonnes|ton|tons|metric ton|metric tons"),
    "lb": ("mass-pound", "pfund|pound|pounds|lbs"),
    "oz": ("mass-ounce", "unzen|ounces"),
    "l": ("volume-liter", "L|liter|litern|litre|litres"),
    "ml": ("volume-milliliter", "mL|millilitern|millilitre|millilitres"),
    "cl": ("volume-centiliter", ""),
    "hl": ("volume-hectoliter", ""),
    "m²": ("area-square-meter", "m2|qm|sqm|sq m|quadratmetern|square metre|square metres"),
    "km²": (
        "area-square-kilometer",
        "km2|qkm|sq km|quadratkilometern|square kilometre|square kilometres",
    ),
    "cm²": ("area-square-centimeter", "cm2|qcm"),
    "ha": ("area-hectare", "hektar|hectare|hectares"),
    "m³": ("volume-cubic-meter", "m3|cbm|kubikmetern|cubic metre|cubic metres"),
    "cm³": ("volume-cubic-centimeter", "cm3|ccm"),
    "km/h": (
        "speed-kilometer-per-hour",
        (
            "kmh|kph|stundenkilometer|stundenkilometern|"
            "kilometer pro stunde|kilometern pro stunde|kilometres per hour|kilometers per hour|"
            "kilometers an hour|kilometres an hour"
        ),
    ),
    "m/s": (
        "speed-meter-per-second",
        "meter pro sekunde|metern pro sekunde|metres per second|meters per second",
    ),
    "mph": ("speed-mile-per-hour", "miles per hour|miles an hour|meilen pro stunde"),
    "kn": ("speed-knot", "knoten|knots"),
    "°C": (
        "temperature-celsius",
        "℃|grad celsius|degrees celsius|degree celsius|grad c|degrees centigrade|celsius",
    ),
    "°F": ("temperature-fahrenheit", "℉|grad fahrenheit|degrees fahrenheit|fahrenheit"),
    "°": ("angle-degree", "grad|degree|degrees"),
    "s": ("duration-second", "sek|sekunde|sekunden|sec|secs|second|seconds"),
    "min": ("duration-minute", "minute|minuten|minutes|mins"),
    "h": ("duration-hour", "std|stunde|stunden|hour|hours|hr|hrs"),
    "day": ("duration-day", "tag|tage|tagen|day|days"),
    "week": ("duration-week", "woche|wochen|week|weeks"),
    "month": ("duration-month", "monat|monate|monaten|month|months"),
    "year": ("duration-year", "jahr|jahre|jahren|year|years"),
    "W": ("power-watt", "watt|watts"),
    "kW": ("power-kilowatt", ""),
    "MW": ("power-megawatt", ""),
    "GW": ("power-gigawatt", ""),
    "kWh": ("energy-kilowatt-hour", ""),
    "Wh": ("", ""),
    "mAh": ("", ""),
    "Ah": ("", ""),
    "Ω": ("electric-ohm", "ohm|ohms"),
    "K": ("temperature-kelvin", ""),
    "V": ("electric-volt", ""),
    "A": ("electric-ampere", ""),
    "Hz": ("frequency-hertz", ""),
    "kHz": ("frequency-kilohertz", ""),
    "MHz": ("frequency-megahertz", ""),
    "GHz": ("frequency-gigahertz", ""),
    "kB": ("digital-kilobyte", "KB"),
    "MB": ("digital-megabyte", "MBs"),
    "GB": ("digital-gigabyte", "GBs"),
    "TB": ("digital-terabyte", "TBs"),
    "kcal": ("energy-kilocalorie", "kilokalorien"),
    "kJ": ("energy-kilojoule", ""),
    "hPa": ("pressure-hectopascal", ""),
    "bar": ("pressure-bar", ""),
    "ct": ("", "cent|cents|cts"),
    "PS": ("power-horsepower", "hp|bhp|horsepower|pferdestärken"),
    "px": ("graphics-pixel", ""),
    "MP": ("graphics-megapixel", ""),
    "dpi": ("graphics-dot-per-inch", ""),
    "mm²": ("", "mm2|qmm|quadratmillimeter|square millimetres|square millimeters"),
    "mm³": ("", "mm3"),
    "dm³": ("", "dm3"),
    "dl": ("volume-deciliter", "dL"),
    "µl": ("", "μl|µL"),
    "ms": ("duration-millisecond", ""),
    "µs": ("duration-microsecond", "μs"),
    "N": ("force-newton", ""),
    "kN": ("", "kilonewton|kilonewtons"),
    "Nm": ("torque-newton-meter", "newtonmetern|newton metres|newton meters"),
    "Pa": ("pressure-pascal", ""),
    "kPa": ("pressure-kilopascal", ""),
    "MPa": ("pressure-megapascal", ""),
    "mbar": ("pressure-millibar", ""),
    "mmHg": ("pressure-millimeter-ofhg", "mm Hg"),
    "MJ": ("", "megajoule|megajoules"),
    "mW": ("power-milliwatt", ""),
    "kWp": ("", "kilowatt-peak"),
    "MWh": ("", "megawattstunde|megawattstunden|megawatt hours|megawatt-hours"),
    "GWh": ("", "gigawattstunden|gigawatt hours|gigawatt-hours"),
    "TWh": ("", "terawattstunden|terawatt hours|terawatt-hours"),
    "VA": ("", ""),
    "kVA": ("", ""),
    "mA": ("electric-milliampere", ""),
    "mV": ("", ""),
    "kV": ("", ""),
    "dB": ("", "dezibel|decibel|decibels"),
    "dB(A)": ("", ""),
    "lm": ("light-lumen", ""),
    "lx": ("light-lux", ""),
    "Mbit": ("digital-megabit", ""),
    "Gbit": ("digital-gigabit", ""),
    "Mbit/s": ("", "Mbps|Mb/s|megabit pro sekunde|megabits per second"),
    "Gbit/s": ("", "Gbps|Gb/s|gigabit pro sekunde|gigabits per second"),
    "mol": ("concentr-mole", ""),
    "mmol": ("", ""),
    "µmol": ("", "μmol"),
    "ppm": ("concentr-part-per-1e6", ""),
    "ppb": ("concentr-part-per-1e9", ""),
    "U/min": (
        "",
        (
            "UpM|Upm|upm|rpm|RPM|r/min|umdrehungen pro minute|umdrehungen/min|"
            "umdrehungen in der minute|revolutions per minute|revs per minute"
        ),
    ),
    "IE": (
        "",
        (
            "I.E.|I.E|I. E.|I. E|IU|I.U.|I.U|internationale einheiten|internationalen einheiten|"
            "international units"
        ),
    ),
    "BE": ("", "broteinheiten"),
    "°dH": ("", ""),
    "%vol": (
        "",
        (
            "%vol.|vol%|vol.%|vol-%|vol.-%|%abv|volumenprozent|vol.-prozent|percent by volume|"
            "per cent by volume|%byvolume"
        ),
    ),
    "%wt": (
        "",
        (
            "gew%|gew.%|gew-%|gew.-%|ma.-%|masse-%|wt%|wt.%|wt.-%|gewichtsprozent|masseprozent|"
            "massenprozent|percent by weight|percent by mass|%byweight|%bymass"
        ),
    ),
    "′": ("", ""),
    "″": ("", ""),
}
# The sign that another language has for a unit.
OWN_SIGNS: Final = {
    ("en", "U/min"): "rpm",
    ("en", "IE"): "IU",
    ("en", "%wt"): "wt%",
    ("de", "U/min"): "U/min",
    ("de", "IE"): "I.E.",
    ("de", "%wt"): "Gew.-%",
}

# ISO 4217, with the signs and the names that stand for one currency in everyday texts.
CURRENCY_WORDS: Final = {
    "EUR": "€|euro|euros|euronen",
    "USD": "$|US$|US-$|dollar|dollars|us-dollar|us-dollars|us dollar|us dollars|bucks",
    "GBP": "£|pfund sterling|britische pfund|british pounds|pounds sterling|quid",
    "CHF": "Fr.|SFr.|sfr|franken|schweizer franken|swiss francs|swiss franc|francs",
    "JPY": "¥|yen",
    "CNY": "yuan|renminbi|rmb",
    "RUB": "₽|rubel|ruble|rubles|rouble|roubles",
    "INR": "₹|Rs|Rs.|rupien|rupees|rupee",
    "KRW": "₩",
    "TRY": "₺|türkische lira|lira",
    "UAH": "₴|hrywnja|hryvnia",
    "PLN": "zł|zloty|złoty|zlotys",
    "CZK": "Kč",
    "HUF": "forint",
    "ILS": "₪|schekel|shekel|shekels",
    "SEK": "",
    "NOK": "",
    "DKK": "",
    "AUD": "A$|AU$",
    "CAD": "C$|CA$",
    "NZD": "NZ$",
    "HKD": "HK$",
    "SGD": "S$",
    "BRL": "R$",
    "MXN": "",
    "DEM": "DM|D-Mark|Mark|deutschmarks|deutsche mark|deutschmark",
    "ATS": "schilling|schillings",
    "THB": "฿|baht",
    "BTC": "₿|bitcoin|bitcoins",
}
# Powers of ten. German Billion is English trillion.
SCALE_WORDS: Final = {
    "de": {
        "tsd": 3, "tausend": 3, "mio": 6, "mill": 6, "million": 6, "millionen": 6, "mrd": 9,
        "md": 9, "milliarde": 9, "milliarden": 9, "bio": 12, "billion": 12, "billionen": 12,
        "billiarde": 15, "billiarden": 15, "trillion": 18, "trillionen": 18, "hundert": 2,
    },
    "en": {
        "thousand": 3, "million": 6, "millions": 6, "mn": 6, "mln": 6, "billion": 9,
        "billions": 9, "bn": 9, "bln": 9, "trillion": 12, "trillions": 12, "tn": 12,
        "quadrillion": 15, "quintillion": 18, "hundred": 2,
    },
}  # fmt: skip
# Glued to an amount of money, as in $5m.
GLUED_SCALES: Final = {"k": 3, "m": 6, "M": 6, "mn": 6, "bn": 9, "b": 9, "B": 9, "tn": 12}
