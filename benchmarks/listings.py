"""Invents synthetic listings: skewed as life is, the same for the same seed and number."""

from collections import namedtuple
from datetime import date, timedelta
from itertools import accumulate
from random import Random

from benchmarks.vocabulary import (
    COMMON,
    HALF,
    RARE,
    RARE_LISTINGS,
    SEED,
    TOPICS,
    vocabulary,
    zipf,
)

CHUNK = 10_000
UNPUBLISHED = 51  # every so many listings one is not published: 2 % on top of those asked for

# By organisation type: its share of all listings, and how such ones are named.
TYPES = {
    "usaha-mikro-kecil": (24, "{Topic} {proper}|{proper} {Topic}|Rumah {Topic} {proper}"),
    "studio": (13, "Studio {Topic} {proper}|Studio {proper}"),
    "perusahaan": (6, "{proper} {Topic} Nusantara|{proper} Karya {place}"),
    "perusahaan-rintisan": (4, "{proper} Digital|{Topic}{lower}"),
    "agensi": (2, "Agensi {proper}|{proper} Kreatif"),
    "rumah-produksi": (3, "Rumah Produksi {proper}|{proper} Pictures"),
    "kafe-restoran": (5, "Kopi {proper}|Warung {proper} {place}|Dapur {proper}"),
    "komunitas": (12, "Komunitas {Topic} {place}|Kolektif {proper}"),
    "sanggar": (5, "Sanggar {Topic} {proper} {place}|Sanggar {proper}"),
    "asosiasi": (1.5, "Asosiasi {Topic} {place}"),
    "yayasan": (2, "Yayasan {proper} {place}"),
    "kelompok-perajin": (4, "Kelompok Perajin {Topic} {proper} {place}"),
    "forum-kreatif": (0.7, "Forum {Topic} {place}"),
    "universitas": (0.8, "Universitas {proper} {place}"),
    "institut": (0.3, "Institut Seni {proper} {place}"),
    "politeknik": (0.6, "Politeknik {proper} {place}"),
    "sekolah-tinggi-akademi": (0.5, "Akademi {Topic} {proper}"),
    "sekolah-vokasi": (1.5, "SMK {proper} {place}"),
    "lembaga-riset": (0.3, "Pusat Riset {Topic} {proper}"),
    "pemerintah-daerah": (0.3, "Pemerintah Kecamatan {proper}"),
    "dinas": (1, "Dinas Pariwisata {place}|Dinas Kebudayaan {place}"),
    "komite-ekraf": (0.5, "Komite Ekonomi Kreatif {place}"),
    "upt": (0.8, "UPT {Topic} {place}"),
    "bumn-bumd": (0.3, "Perumda {proper} {place}"),
    "instansi-pusat": (0.1, "Balai {Topic} {place}"),
    "media-daring": (2, "Kabar {place}|{proper} Media"),
    "surat-kabar-majalah": (0.5, "Harian {proper}|Majalah {proper}"),
    "radio": (1, "Radio {proper} {place}"),
    "televisi": (0.3, "{proper} TV {place}"),
    "siniar": (0.8, "Siniar {proper}"),
    "kanal-kreator": (1.4, "Kanal {proper}|Cerita {place}"),
    "hub-kreatif": (0.8, "{proper} Creative Hub|Hub {place}"),
    "ruang-kerja-bersama": (0.7, "Ruang {proper}|{proper} Coworking {place}"),
    "lokapasar": (0.8, "Pasar {Topic} {place}|Lapak {proper}"),
    "lembaga-pembiayaan": (1, "Modal {proper}|BPR {proper} {place}"),
    "inkubator-akselerator": (0.5, "Inkubator {proper}"),
    "distributor": (1.2, "Distribusi {proper}"),
    "koperasi": (2.5, "Koperasi {Topic} {proper} {place}|Koperasi {proper}"),
}
SUBSECTORS = {
    "kuliner": 24, "fesyen": 15, "kriya": 15, "seni-pertunjukan": 7, "musik": 6, "aplikasi": 5,
    "film-animasi-video": 5, "desain-komunikasi-visual": 4, "fotografi": 4, "seni-rupa": 4,
    "penerbitan": 3, "desain-produk": 2, "periklanan": 2, "arsitektur": 1.5, "desain-interior": 1.5,
    "televisi-radio": 1, "pengembangan-permainan": 1,
}  # fmt: skip
NUMBER_OF_SUBSECTORS = {0: 6, 1: 54, 2: 28, 3: 12}
PROPER = """
Mekar Jaya Sari Makmur Sejahtera Maju Abadi Lestari Mandiri Indah Bersama Sentosa Utama Cahaya
Mulia Harapan Rejeki Barokah Berkah Sinar Surya Bintang Rembulan Fajar Senja Pelangi Kencana
Permata Mutiara Intan Melati Mawar Kenanga Cempaka Teratai Anggrek Puspa Kembang Tunas Bakti Karya
Cipta Rasa Budi Luhur Dharma Wijaya Pratama Nusa Bahari Samudra Bumi Pertiwi Langit Angin Ombak
Rimba Kelapa Jati Cendana Pandan Padi Tirta Arga Giri Wana Laras Irama Gita Swara Kidung Candra
Rukun Guyub Gotong Royong Tani Subur Anugerah Amanah Hidayah Setia Kawan Perdana Remaja Pemuda
Putra Putri Dewi Sekar Ayu Ratna Citra Loka Graha Griya Wisma Pesona Nirwana Taman Kampung Lentera
Obor Pelita Jembatan Gerbang Pintu Jendela Halaman Teras Beranda Serambi Lumbung Tungku Lesung
Canting Malam Lawas Kuno Baru Muda Timur Barat Utara Selatan Lor Kidul Wetan Kulon Agung Alit
"""
PROPER = PROPER.split()
FRESHEST, OLDEST = 0, 1500  # days since the confirmation; most are recent
RHYTHMS = [90, 180, 180, 180, 365]

Region = namedtuple("Region", "id kind name population latitude longitude")
Taxonomy = namedtuple("Taxonomy", "regions types subsectors categories")
# One chunk as lines for COPY: {table: text}. `types` is {slug: (id, role)}, the others {slug: id}.


def total(listings):
    """Return how many rows hold that many published listings, with the 2 % of others."""
    return listings + listings // (UNPUBLISHED - 1)


def weight(region):
    """Cities hold more than their share of people."""
    return region.population * (4 if region.kind == "kota" else 1)


class Inventor:
    """Invents the rows of one table after the other, a chunk at a time."""

    def __init__(self, taxonomy, listings):
        self.taxonomy = taxonomy
        self.listings = listings
        self.words = vocabulary()
        self.word_weights = zipf(len(self.words))
        self.region_weights = list(accumulate(map(weight, taxonomy.regions)))
        self.type_weights = list(accumulate(share for share, _names in TYPES.values()))
        self.patterns = {slug: names.split("|") for slug, (_share, names) in TYPES.items()}
        self.topic_weights = {slug: zipf(len(words)) for slug, words in TOPICS.items()}
        self.proper_weights = zipf(len(PROPER))
        today = date.today()
        self.days = [str(today - timedelta(days=days)) for days in range(2 * OLDEST)]

    def chunk(self, first):
        """Return {table: lines} for the rows from number `first` on; it does not matter when."""
        self.random = Random(SEED * 1_000_003 + first)  # noqa: S311 - must be predictable
        lines = {"stakeholder": [], "stakeholder_subsectors": [], "offering": []}
        for number in range(first, min(first + CHUNK, total(self.listings) + 1)):
            subsectors = self.some_subsectors()
            lines["stakeholder"].append(self.listing(number, subsectors))
            lines["stakeholder_subsectors"] += [
                f"{number}\t{self.taxonomy.subsectors[slug]}\n" for slug in subsectors
            ]
            if self.random.random() < 0.6:
                lines["offering"] += self.offerings(number)
        return {table: "".join(rows) for table, rows in lines.items()}

    def some_subsectors(self):
        [count] = self.random.choices(
            list(NUMBER_OF_SUBSECTORS), list(NUMBER_OF_SUBSECTORS.values())
        )
        drawn = self.random.choices(list(SUBSECTORS), list(SUBSECTORS.values()), k=count)
        return list(dict.fromkeys(drawn))

    def listing(self, number, subsectors):
        """Return the line of one listing; its columns are those of synthetic.COLUMNS."""
        random = self.random
        about = subsectors[0] if subsectors else random.choice(list(TOPICS))
        topics = random.choices(TOPICS[about], cum_weights=self.topic_weights[about], k=5)
        [region] = random.choices(self.taxonomy.regions, cum_weights=self.region_weights)
        [kind] = random.choices(list(TYPES), cum_weights=self.type_weights)
        type_id, role = self.taxonomy.types[kind]
        name = self.name(kind, topics[0], region)
        slug = f"{name.lower().replace(' ', '-')}-{number}"
        summary, description = self.texts(number, topics)
        website = f"https://example.org/{slug}/" if random.random() < 0.45 else ""
        address = f"Jalan {random.choice(PROPER)} {random.randint(1, 200)}"
        return (
            f"{number}\t{name}\t{slug}\t{{}}\t{role}\t{type_id}\t{region.id}\t{summary}\t"
            f"{description}\t\t\t{website}\t{{}}\t\t\t\t{address}\t"
            f"{self.place(region)}\t{self.dates(number)}\t\t\tt\t\n"
        )

    def name(self, kind, topic, region):
        random = self.random
        count = random.choice([1, 2, 2, 3])
        proper = random.choices(PROPER, cum_weights=self.proper_weights, k=count)
        name = random.choice(self.patterns[kind]).format(
            Topic=topic.capitalize(),
            lower=proper[0].lower(),
            proper=" ".join(dict.fromkeys(proper)),
            place=region.name,
        )
        return self.mistyped(name) if random.random() < 0.01 else name

    def mistyped(self, name):
        """Leave a letter out, or swap two."""
        at = self.random.randrange(1, len(name) - 1)
        swapped = name[at + 1] + name[at] if self.random.random() < 0.5 else name[at + 1]
        return name[:at] + swapped + name[at + 2 :]

    def texts(self, number, topics):
        """Return a summary of 60 to 180 letters and a description of about 200 to 800, or none."""
        random = self.random
        letters = int(random.triangular(200, 800, 320)) if random.random() < 0.9 else 0
        words = random.choices(self.words, cum_weights=self.word_weights, k=26 + letters // 5)
        words[1], words[4], words[30 % len(words)], words[-1] = topics[:4]
        places = iter((2, 6, 9, 11))
        for word in self.spoken(number):
            words[next(places)] = word
        summary = cut(" ".join(words[:26]), random.randint(80, 179))
        sentences = (" ".join(words[at : at + 11]) for at in range(26, len(words), 11))
        description = ". ".join(sentence.capitalize() for sentence in sentences)
        return summary.capitalize() + ".", cut(description, letters)

    def spoken(self, number):
        """Yield the words whose number of listings is told; they stand early in the summary."""
        if self.random.random() < 0.5:
            yield HALF
        yield from (word for word, share in COMMON.items() if self.random.random() < share)
        step = max(total(self.listings) // RARE_LISTINGS, len(RARE))
        if 0 < number % step <= len(RARE):
            yield RARE[number % step - 1]

    def place(self, region):
        if self.random.random() < 0.6:
            return "\\N\t\\N"
        latitude = region.latitude + self.random.gauss(0, 0.03)
        longitude = region.longitude + self.random.gauss(0, 0.03)
        return f"{latitude:.5f}\t{longitude:.5f}"

    def dates(self, number):
        """Return status, the days of publication and of confirmation, rhythm, and creation."""
        random = self.random
        confirmed = min(int(random.expovariate(1 / 150)), OLDEST)
        listed = self.days[confirmed + random.randint(1, 400)]
        time = f"{random.randint(7, 21):02}:{random.randint(0, 59):02}+07"
        verified = f"{self.days[confirmed]} {time}" if random.random() < 0.85 else "\\N"
        status, published = "published", f"{listed} {time}"
        if number % UNPUBLISHED == 0:
            status = random.choice(["draft", "pending", "archived"])
            published = "\\N"
        rhythm = random.choice(RHYTHMS)
        return f"{status}\t{published}\t{verified}\t{rhythm}\t{listed} {time}"

    def offerings(self, number):
        random = self.random
        for category in random.sample(self.taxonomy.categories, random.choice([1, 1, 2, 3])):
            direction = "offer" if random.random() < 0.65 else "need"
            reach = random.choice(["region", "region", "province", "nation"])
            at = self.days[random.randint(1, 700)]
            yield f"{number}\t{direction}\t{category}\t{reach}\t\t{at} 12:00+07\n"


def cut(text, letters):
    """Return no more than so many letters, whole words only."""
    return text if len(text) <= letters else text[:letters].rpartition(" ")[0]
