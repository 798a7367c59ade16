"""What is known of a customer, from the program's first start to the last word of a file."""
from desk import EMAIL, PASSWORD
from visitor import Visitor


def test_fields_of_ones_own_go_in_by_file_and_out_by_program(either_desk, folder):
    with either_desk.serving() as server:
        visitor = Visitor(server).sign_in(EMAIL, PASSWORD)
        fields = "/settings/fields"
        visitor.submit(fields, fields, label="Favourite roast", kind="choice", about="both", choices="Light\nDark")
        visitor.submit(fields, fields, label="Cups", kind="number", about="person", choices="")
    (folder / "people.csv").write_text("id,name,email,roast,cups\n1,Ada,ada@example.com,dark,2.5\n2,Bo,,Blue,1\n")

    report = either_desk.bring(
        "customers", folder / "people.csv", "--map",
        "customer=id,name=name,email=email,field.cf_favourite_roast=roast,field.cf_cups=cups")
    (folder / "purchases.csv").write_text("email,date,amount\nADA@example.com,2026-01-05,4\n")
    bought = either_desk.bring("purchases", folder / "purchases.csv")

    assert (report["accepted"], report["refused"]) == (1, 1)
    assert (bought["customers_by_email"], bought["customers_new"]) == (1, 0)
    assert either_desk.number("SELECT count(*) FROM purchase") == 1
    assert either_desk.number("SELECT number FROM field_value WHERE words = '2.5'") == 2500
