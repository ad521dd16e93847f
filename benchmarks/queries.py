"""What people ask of the search, in classes; and how long the answer may take."""

# Budget: milliseconds for the 95th percentile at 200,000 listings; three times that at 1,000,000.
# The design names three: a narrow word, no word, a word in half of all listings. A class is judged
# as the one that its broadest query is most like.
NARROW, NO_WORD, BROAD = 40, 60, 150
GROWTH = 3
MOST_QUERIES, MOST_MEMORY = 8, 200  # SQL queries a page, megabytes of the web process

BUDGETS = {
    "no word": NO_WORD,
    "half": BROAD,
    "common": BROAD,
    "rare": NARROW,
    "meant": BROAD,
    "misspelt": NO_WORD,
    "place": NARROW,
    "facets": BROAD,
    "deep": BROAD,
    "distance": BROAD,
    "sorts": BROAD,
    "nothing": NO_WORD,
    "suggestions": NARROW,
}
CLASSES = {
    "no word": ["", "peran=", "halaman=2", "urut=relevansi"],
    "half": [
        "q=kreatif",
        "q=kreatif&peran=business&peran=media",
        "q=kreatif&provinsi=32&subsektor=fesyen",
        "q=kreatif&urut=terbaru",
        "q=kreatif&halaman=50",
        "q=untuk+kreatif",
    ],
    "common": [
        "q=warisan",
        "q=keluarga",
        "q=batik",
        "q=kopi",
        "q=studio",
        "q=%22rumah+produksi%22",
    ],
    "rare": [
        "q=hudoq",
        "q=hudoq&peran=community",
        "q=karungut+-batik",
        "q=tari+hudoq",
        "q=universitas+mekar+jember",
        "q=sanggar+tari+mekar+jaya+cirebon",
    ],
    "meant": [
        "q=sasando",
        "q=sasando&peran=business",
        "q=tenun+ikat",
        "q=sasando+-kriya",
    ],
    "misspelt": [
        "q=sasanddo",
        "q=universitsa+mekar",
        "q=sangar+mekar+jaya",
        "q=keramk+rejeki",
        "q=pekalongn",
        "q=animsi+bintang",
    ],
    "place": [
        "q=media+di+solo",
        "q=batik+pekalongan",
        "q=kab+malang",
        "q=studio+animasi+jogja",
        "q=palangka+raya",
        "q=kampus+di+kota+bandung",
    ],
    "facets": [
        "subsektor=kriya&peran=media&provinsi=33",
        "peran=business&peran=community&subsektor=kuliner&subsektor=fesyen",
        "jenis=studio&wilayah=kota-bandung",
        "menawarkan=pendanaan&membutuhkan=promosi-liputan",
        "kesegaran=fresh&provinsi=32&subsektor=fesyen",
        "subsektor=lintas&peran=academia&kesegaran=stale",
    ],
    "deep": ["halaman=50", "halaman=400", "subsektor=kuliner&halaman=200", "q=batik&halaman=20"],
    "distance": [
        "dekat=kota-bandung&radius=25",
        "dekat=kota-surabaya&urut=terdekat",
        "q=kopi&dekat=kota-malang&urut=terdekat",
        "peran=media&dekat=kota-jayapura&radius=100",
    ],
    "sorts": ["urut=terbaru", "urut=nama", "q=batik&urut=nama", "subsektor=kriya&urut=terbaru"],
    "nothing": ["q=zzqqxxyy", "q=sasando&provinsi=95&jenis=televisi", "q=xqzw+batik"],
}
SUGGESTED = ["ba", "batik", "studio+me", "kota+ma", "pekalongn"]
ADDRESSES = {name: [f"/mitra/?{query}" for query in queries] for name, queries in CLASSES.items()}
ADDRESSES["no word"].append("/en/mitra/")
ADDRESSES["suggestions"] = [f"/mitra/saran/?q={text}" for text in SUGGESTED]

# What the references are asked: the words of the classes that budgets name.
REFERENCE_WORDS = {
    "no word": [""],
    "half": ["kreatif"],
    "common": ["warisan", "batik"],
    "rare": ["sasando", "hudoq"],
}


def budget(name, listings):
    return BUDGETS[name] * (GROWTH if listings > 500_000 else 1)
