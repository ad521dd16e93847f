"""The words of synthetic listings: real ones first, then invented ones that look like them.

Words come as often as in any language: the second half as often as the first, the tenth a tenth
(Zipf). Real words are the frequent ones, so that a search for them finds what it would find.
"""

from itertools import accumulate, islice
from random import Random

SEED = 17
SIZE = 6000

EVERYDAY = """
yang dan di untuk dengan dari ini kami pada itu dalam tidak ke akan juga bersama para karya adalah
ada oleh warga sebagai bisa lebih telah dapat setiap usaha anak muda desa kampung kota produk
pasar acara ruang kelas belajar bahan tangan lokal baru sudah sejak tahun bulan hari minggu orang
tempat rumah cerita budaya tradisi seni daerah nusantara indonesia pelaku mitra kerja sama
anggota pelatihan sekolah kampus guru siswa perajin seniman penulis pemusik penari juru masak
pengunjung pembeli pesanan harga mutu merek kemasan toko pameran panggung bengkel kebun sawah laut
gunung sungai pantai hutan pulau jalan pagi sore malam terbuka gratis ramah lingkungan alam
berkelanjutan mandiri kolaborasi jejaring daring digital teknologi media promosi festival lomba
lokakarya pertunjukan rekaman pesan undangan dokumentasi arsip riset data buku musim panen hasil
kecil besar tua lama indah sederhana hangat kuat halus asli khas turun temurun generasi ibu bapak
pemuda perempuan difabel petani nelayan pedagang wisatawan tamu teman tetangga sanak saudara
tumbuh hidup jalin rajut bangun rawat jaga temu bawa buka pakai jual beli kirim olah cetak gambar
tulis baca putar main latih ajar dampingi kelola rancang susun kumpul bagi gerak ubah nilai makna
suara warna bentuk rasa aroma cahaya ritme benang serat tanah air api kayu bambu batu logam kaca
kertas kulit kapas sutra daun bunga biji akar buah rempah
"""

# By subsector: what such listings are about, the most usual first.
TOPICS = {
    "aplikasi": "aplikasi digital perangkat kasir web sistem data lunak layanan gawai peladen",
    "pengembangan-permainan": "game gim permainan karakter konsol petualangan teka-teki",
    "arsitektur": "arsitektur bangunan joglo rumah bambu konservasi lanskap maket denah panggung",
    "desain-interior": "interior mebel furnitur ruang dekorasi lampu kursi rotan tirai partisi",
    "desain-komunikasi-visual": "desain logo ilustrasi poster tipografi kemasan identitas mural",
    "desain-produk": "produk purwarupa kemasan mainan lampu sepeda helm ergonomi daur-ulang",
    "fesyen": "batik busana kain tenun jahit kebaya fesyen songket lurik sarung sablon",
    "film-animasi-video": "film animasi video dokumenter sinema kamera sutradara",
    "fotografi": "foto fotografi kamera potret studio cetak lensa album udara pernikahan",
    "kriya": "batik kerajinan anyaman keramik ukir tenun rotan bambu perak gerabah wayang topeng",
    "kuliner": "kopi kuliner makanan roti sambal jamu rempah kue keripik teh warung dapur bakso",
    "musik": "musik gamelan angklung gitar konser lagu orkestra rekaman keroncong dangdut band",
    "penerbitan": "buku komik penerbit majalah cerpen puisi naskah novel sastra zine percetakan",
    "periklanan": "iklan promosi kampanye merek reklame konten pemasaran spanduk baliho",
    "seni-pertunjukan": "tari teater wayang pentas drama gamelan ludruk ketoprak dalang sendratari",
    "seni-rupa": "lukis mural patung galeri seni kanvas pameran grafis sketsa instalasi",
    "televisi-radio": "radio siaran televisi penyiar siniar berita podcast sinetron pemancar",
}
TOPICS = {subsector: words.split() for subsector, words in TOPICS.items()}

HALF = "kreatif"  # half of all listings mention it ...
COMMON = {"warisan": 0.09, "keluarga": 0.06}  # ... these that share ...
RARE = ["sasando", "karungut", "gamolan", "besurek", "hudoq", "lalove"]  # ... and these so many:
RARE_LISTINGS = 40

CONSONANTS = ["b", "d", "g", "h", "j", "k", "l", "m", "n", "p", "r", "s", "t", "w", "c", "ng", "ny"]
ENDINGS = ["", "", "", "", "n", "ng", "r", "s", "t", "k", "h", "l"]
PREFIXES = ["", "", "", "ber", "di", "ter", "se", "pe", "ke"]
SUFFIXES = ["", "", "", "", "an", "nya", "kan", "i"]


def invented(random):
    """Yield words without end that could be Indonesian: two or three syllables, some affixed."""
    while True:
        stem = "".join(
            random.choice(CONSONANTS) + random.choice("aaaiiuueo")
            for _ in range(random.choice([2, 2, 2, 3]))
        )
        yield random.choice(PREFIXES) + stem + random.choice(ENDINGS) + random.choice(SUFFIXES)


def vocabulary(size=SIZE):
    """Return that many different words, the most frequent first."""
    words = dict.fromkeys(EVERYDAY.split())
    spoken = {HALF, *COMMON, *RARE}  # these come exactly as often as told above
    topics = [word for topic in TOPICS.values() for word in topic]
    more = islice(invented(Random(SEED)), 4 * size)  # noqa: S311 - must be predictable
    for word in [*topics, *more]:
        words.setdefault(word)
    return [word for word in words if word not in spoken][:size]


def zipf(count):
    """Return the running sum of weights, as `random.choices` takes it."""
    return list(accumulate(1 / (rank + 2.7) for rank in range(count)))
