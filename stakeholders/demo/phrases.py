"""Words and sentences of the demo listings that do not belong to one pattern."""

# Proper names: everyday things of house, field and coast, paired so that they name nobody real.
WORDS = """
Teras Hujan, Lorong Senja, Tujuh Muara, Simpang Angin, Daun Sirih, Kertas Pagi, Rumah Lebah,
Batu Undak, Sela Bambu, Tepi Rawa, Ombak Kecil, Sumur Tua, Lampu Minyak, Gerbang Timur,
Halaman Dalam, Pintu Biru, Jendela Rotan, Akar Bakau, Biji Kenari, Kembang Turi, Bulir Padi,
Anak Sungai, Tiga Tungku, Selasar Jati, Loteng Kayu, Lumbung Warna, Layang Pandan, Pasar Subuh,
Kunang Malam, Sayap Belalang, Pucuk Rebung, Cangkang Siput, Kulit Manggis, Garis Pantai,
Sisi Utara, Cahaya Beranda, Lesung Batu, Tangga Langit, Kebun Suara, Pelita Kampung, Arah Pulang,
Ruas Bambu, Sabut Kelapa, Petak Sawah, Kabut Pagi, Embun Ladang, Denting Hujan, Riak Telaga,
Bayang Beringin, Kidung Rawa, Gema Lembah, Alun Muara, Pijar Tungku, Serat Nanas, Kepak Elang,
Semai Rasa, Tapak Dara, Kapas Putih, Lentera Dermaga, Jangkar Kayu, Bintang Sawah, Rona Lumpur,
Tali Ijuk, Tempurung Tua, Sauh Biru, Dayung Kiri, Karang Teduh, Cemara Miring, Randu Kembar,
Lontar Kering, Aren Muda, Pinang Sebatang, Nipah Hijau, Damar Terang, Ulin Tegak, Kenanga Sore,
Melati Tepi, Soka Jingga, Bambu Gading, Suluh Kecil, Ruang Rindang, Rak Kayu, Meja Panjang,
Tembok Bata, Ubin Lawas, Genteng Merah, Kusen Tua, Atap Ijuk, Payung Daun, Gerobak Hijau,
Sepeda Kumbang, Kompas Tua, Peta Lipat, Proyektor Tua, Pita Kaset, Tinta Biru, Kapur Tulis,
Gunting Emas, Kancing Kayu, Gulungan Benang, Cangkir Lurik, Sendok Kayu, Kukusan Bambu, Tungku Batu
""".replace("\n", " ").split(",")
WORDS = [word.strip() for word in WORDS]

# A short second sentence on the card of some listings.
ASIDES = {
    "business": [
        "Terbuka untuk kunjungan sekolah.",
        "Dikelola enam anak muda.",
        "Sebagian besar pekerjanya perempuan.",
        "Semua pekerjanya warga sekitar.",
        "Melayani dalam bahasa Indonesia dan Inggris.",
        "Bekerja sama dengan kampus setempat.",
    ],
    "community": [
        "Anggota baru selalu disambut.",
        "Pertemuan terbuka dua kali sebulan.",
        "Gratis bagi pelajar.",
        "Siapa pun boleh datang melihat.",
        "Ramah anak dan keluarga.",
        "Kegiatan diumumkan setiap awal bulan.",
    ],
    "media": [
        "Menerima kiriman karya.",
        "Bekerja sama dengan sekolah setempat.",
        "Redaksi kecil, pengikut setia.",
        "Arsipnya terbuka untuk peneliti.",
        "Hak jawab selalu dimuat.",
    ],
    "aggregator": [
        "Pendaftaran dibuka sepanjang tahun.",
        "Terbuka bagi pelaku dari daerah tetangga.",
        "Laporan tahunannya dapat dibaca siapa saja.",
        "Konsultasi pertama gratis.",
        "Kuota khusus bagi perempuan dan penyandang disabilitas.",
    ],
}

ORIGINS = [
    "{name} dirintis pada {year} oleh {founders} di {tempat}.",
    "Berawal dari pertemuan kecil pada {year}, {name} kini dikenal di seluruh {tempat}.",
    "Sejak {year}, {name} bekerja dari sebuah rumah lama di {tempat}.",
    "{name} lahir pada {year} ketika {founders} memutuskan berkarya di kampung sendiri.",
    "Pada {year}, {founders} mendirikan {name} dengan alat pinjaman dan satu meja kerja.",
]
FOUNDERS = [
    "tiga sahabat",
    "dua keluarga bertetangga",
    "sekelompok lulusan sekolah kejuruan",
    "warga satu kampung",
    "lima pekerja lepas",
    "sepasang kakak beradik",
    "perantau yang pulang",
    "para guru kesenian",
]

# How those work who make things themselves, by subsector ...
CRAFTS = {
    "aplikasi": "Setiap fitur diuji dulu di pasar dan balai warga sebelum dirilis.",
    "arsitektur": "Setiap rancangan dimulai dengan berjalan kaki dan mendengar cerita penghuni.",
    "desain-interior": "Bahan dipilih yang mudah diperbaiki tukang setempat.",
    "desain-komunikasi-visual": "Sketsa, alasan, dan pilihan warna dibicarakan bersama.",
    "desain-produk": "Purwarupa dicoba pemakai sungguhan sebelum dibuat banyak.",
    "fesyen": "Sisa kain dikumpulkan lagi menjadi aksesori dan bahan belajar.",
    "film-animasi-video": "Ceritanya dekat dengan keseharian, pemerannya sering tetangga sendiri.",
    "fotografi": "Setiap orang yang dipotret menerima salinan gambarnya.",
    "kriya": "Setiap barang membawa nama pembuatnya dan keterangan bahan.",
    "kuliner": "Dapur mencatat asal bahan dan mengurangi sisa dengan mengolah semua bagian.",
    "musik": "Panggung dan studio dipakai bergantian oleh pemain lama dan pemula.",
    "penerbitan": "Naskah dibaca bersama warga sebelum naik cetak.",
    "pengembangan-permainan": "Setiap bulan ada hari coba main; kritik anak-anak paling didengar.",
    "periklanan": "Janji yang tidak dapat dibuktikan tidak masuk naskah iklan.",
    "seni-pertunjukan": "Latihan terbuka ditonton warga, dari pemanasan sampai gladi bersih.",
    "seni-rupa": "Karya dipamerkan di tempat orang biasa lewat: pasar, halte, dan sekolah.",
    "televisi-radio": "Separuh jam siar disusun dari usul pendengar dan penonton.",
}

# ... and how those work who tell about them or bring them together.
HABITS = {
    "media": [
        "Setiap pekan redaksi berkeliling mencari cerita yang belum pernah diberitakan.",
        "Isinya dipilih bersama pembaca, pendengar, dan penonton lewat pertemuan bulanan.",
        "Kontributornya guru, mahasiswa, dan pelaku usaha yang dilatih menulis dan merekam.",
        "Koreksi dimuat di tempat yang sama dengan kesalahannya.",
    ],
    "aggregator": [
        "Setiap bulan ada hari temu antara pelaku, pembeli, dan pemerintah setempat.",
        "Anggotanya didampingi satu per satu sampai pesanan pertama selesai.",
        "Keputusan penting diambil dalam rapat anggota yang terbuka.",
        "Biaya layanannya mengikuti hasil: kecil di awal, naik bila usaha tumbuh.",
    ],
}

HOPES = {
    "business": [
        "Tahun depan kami ingin melayani dua daerah tetangga dan menambah tiga pekerja.",
        "Kami mencari mitra yang mau tumbuh pelan tetapi lama.",
        "Kampus, media, dan komunitas dipersilakan datang melihat proses kerja.",
    ],
    "community": [
        "Kami ingin setiap kelurahan dan desa punya ruang berkarya sendiri.",
        "Siapa pun boleh datang, melihat, lalu ikut mengurus.",
        "Kami percaya karya yang baik lahir dari tetangga yang saling kenal.",
    ],
    "media": [
        "Kami menulis tentang orang yang bekerja, bukan hanya acara peresmian.",
        "Kami mengundang sekolah dan kampus untuk belajar meliput bersama.",
        "Setiap cerita memuat alamat yang dapat didatangi pembaca.",
    ],
    "aggregator": [
        "Ukuran keberhasilan kami adalah jumlah pelaku yang tidak lagi memerlukan kami.",
        "Kami menghubungkan pelaku, pemerintah, kampus, dan pembeli di satu meja.",
        "Syarat dan biaya layanan tertulis jelas sebelum kerja sama dimulai.",
    ],
}

MARK = "Contoh"
DISCLAIMER = "Mitra ini rekaan: contoh untuk memperlihatkan isi direktori."
