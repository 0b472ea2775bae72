"""Who is in the sample: names from all over Britain, none of a real person."""

MENTEES = (
    "Ellen Pŵyll", "Grace Adeyemi", "Ravi Shah", "Fiona MacRae", "Sŵn Williams", "Aoife Brennan", "Mei-Ling Chen",
    "Zofia Nowak", "Amina Yusuf", "Catrin Rhys", "Hannah Okafor", "Iseabail NicDhòmhnaill", "Joanna Lindqvist",
)  # fmt: skip
MENTORS = (
    "Tom Price", "Nia Rees", "Beth Hughes", "Jo Lin", "Sam Okoro", "Margaret Fraser", "Dilys Bevan", "Anita Desai",
    "Ruth Cohen", "Sarah Whitfield", "Elspeth Gunn", "Marta Kowalczyk",
)  # fmt: skip
APPLICANTS = (
    "Priyanka Nair", "Lowri Jenkins", "Chloe Martin", "Fatima Rahman", "Oluwaseun Bello", "Katie Doyle",
    "Yasmin Haddad", "Bronwen Lloyd", "Eilidh Campbell",
)  # fmt: skip
SOCIETY_MENTORS = ("Helen Marsh", "Gwen Parry", "Deborah Stone", "Nadia Petrova")
STAFF = (
    "Kirsty Morrison", "Leila Farouk", "Emma Clarke", "Sian Probert", "Tanya Brooks", "Uma Krishnan", "Vera Novak",
    "Wendy Hall",
)  # fmt: skip
STAFF_MENTORS = (
    "Alison Frame", "Barbara Quinn", "Carol Dunn", "Diane Foster", "Eve Maddox", "Frances Holt", "Gillian Tate",
    "Hilary Boyd",
)  # fmt: skip
CIRCLE_MEMBERS = (
    "Rosalind Ferguson", "Ngozi Eze", "Heather Blackwood", "Siobhán Kelly", "Parveen Malik", "Anwen Morris",
    "Judith Greene", "Tatiana Orlova", "Mairi Sutherland", "Claire Osborne", "Shanthi Perera",
)  # fmt: skip
PILOT_MEMBERS = ("Bethan Pryce", "Farah Siddiqui", "Niamh Walsh", "Ottilie Grant")
PILOT_NEWCOMER, PILOT_FACILITATOR = "Agnes Muir", "Gwenllian Hale"
CIRCLE_FACILITATORS = ("Moira Campbell", "Gwyneth Vaughan", "Susan Achebe")


def email_of(name: str, domain: str) -> str:
    """An address at an example domain, in plain letters."""
    plain = name.translate(str.maketrans("ŵŷòàèìù’", "wyoaeiu'"))
    return f"{plain.lower().replace(' ', '.')}@{domain}"
