"""Which column of a file is meant by the word above it."""

from stakeholders.understanding import fold
from transfers.resources import ListingResource

# What people write above their columns, beside our own labels in both languages.
SYNONYMS = {
    "id": ["nomor id", "id mitra", "kode", "no id"],
    "name": [
        *("nama", "nama lembaga", "nama mitra", "nama organisasi", "nama usaha", "nama komunitas"),
        *("nama instansi", "nama pelaku", "nama pemangku kepentingan", "lembaga", "organisasi"),
        *("mitra", "organisation", "organization", "nama brand", "nama sanggar", "nama studio"),
    ],
    "aliases": ["nama lain", "singkatan", "alias", "akronim", "sebutan", "nama singkat"],
    "role": ["peran", "peran hexahelix", "helix", "unsur", "kategori", "sektor helix", "pihak"],
    "organization_type": [
        *("jenis", "jenis lembaga", "jenis organisasi", "tipe", "tipe lembaga", "bentuk"),
        *("jenis usaha", "bentuk usaha", "type", "badan hukum"),
    ],
    "region": [
        *("wilayah", "kab/kota", "kabupaten/kota", "kota/kabupaten", "kota/kab", "kota", "daerah"),
        *("kabupaten", "kabupaten atau kota", "lokasi", "kode wilayah", "city", "regency"),
    ],
    "province": ["provinsi", "propinsi", "prov", "province"],
    "subsectors": ["subsektor", "sub sektor", "bidang", "subsektor ekraf", "subsector", "sektor"],
    "summary": [
        *("ringkasan", "keterangan singkat", "profil singkat", "dalam satu kalimat", "tagline"),
        *("deskripsi singkat", "summary"),
    ],
    "description": ["deskripsi", "keterangan", "profil", "tentang", "uraian", "penjelasan"],
    "website": ["situs", "situs web", "web", "website", "laman", "url", "alamat web"],
    "social_links": [
        *("media sosial", "medsos", "sosmed", "instagram", "ig", "facebook", "fb", "tiktok"),
        *("akun instagram", "akun media sosial", "social media"),
    ],
    "public_email": [
        *("email", "surel", "email publik", "surel publik", "alamat email", "email kantor"),
        *("alamat surel", "mail"),
    ],
    "public_phone": [
        *("telepon", "telp", "tlp", "no telp", "no telepon", "nomor telepon", "nomor telp"),
        *("hp", "no hp", "nomor hp", "handphone", "wa", "no wa", "whatsapp", "nomor whatsapp"),
        *("kontak", "phone", "telepon publik", "nomor kontak"),
    ],
    "contact_email": [
        *("kontak pribadi", "email kontak", "surel kontak", "email pic", "surel pribadi"),
        *("email pribadi", "email penanggung jawab", "private contact"),
    ],
    "address": ["alamat", "alamat lengkap", "alamat kantor", "jalan", "address"],
    "latitude": ["lintang", "latitude", "lat", "garis lintang"],
    "longitude": ["bujur", "longitude", "long", "lng", "lon", "garis bujur"],
    "source": ["sumber", "sumber data", "source"],
    "source_url": ["alamat sumber", "tautan sumber", "url sumber", "source address"],
}
# Told by us, or by everybody's habit, and never taken in.
LEFT_OUT = [
    "no",
    "nomor",
    "number",
    "status",
    "terkonfirmasi pada",
    "confirmed on",
    "halaman",
    "page",
]
UNKNOWN, IGNORED = "", "-"


def understand_headers(headers, remembered=None):
    """Return for each header a column's key, `IGNORED` or `UNKNOWN`; each key once."""
    known, found = {**_words(), **(remembered or {})}, []
    for header in headers:
        key = known.get(fold(header), UNKNOWN if header else IGNORED)
        found.append(UNKNOWN if key in found and key not in {UNKNOWN, IGNORED} else key)
    return found


def count_understood(headers):
    return sum(key not in {UNKNOWN, IGNORED} for key in understand_headers(headers))


def _words():
    words = {fold(word): IGNORED for word in [*LEFT_OUT, *ListingResource.told_only()]}
    for key, labels in ListingResource.labels().items():
        words |= {fold(word): key for word in [*SYNONYMS.get(key, []), *labels]}
    return words
