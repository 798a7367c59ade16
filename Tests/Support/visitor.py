"""A browser without a screen: keeps cookies, reads links and forms, sends a form as it stands."""
import html.parser
import urllib.parse


class Page(html.parser.HTMLParser):
    """The links and forms of a page."""

    def __init__(self, text):
        super().__init__()
        self.links, self.forms = [], []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        found = dict(attributes)
        if tag == "a" and found.get("href"):
            self.links.append(found["href"])
        if tag == "form":
            self.forms.append({"action": found.get("action"), "method": found.get("method", "get"), "fields": {}})
        if tag == "input" and self.forms and found.get("name"):
            self.forms[-1]["fields"][found["name"]] = found.get("value", "")


class Visitor:
    def __init__(self, server):
        self.server, self.cookies = server, {}

    def send(self, method, path, fields=None, headers=None):
        headers = {"Accept": "text/html", "Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items())} | (headers or {})
        body = None
        if fields is not None:
            body = urllib.parse.urlencode(fields).encode()
            headers |= {"Content-Type": "application/x-www-form-urlencoded", "Origin": self.server.address}
        answer = self.server.call(method, path, body, headers=headers)
        for cookie in answer.cookies:
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        return answer

    def get(self, path):
        return self.send("GET", path)

    def submit(self, page, action, **fields):
        """Fills in the form of a page that goes to `action`, and sends it."""
        answer = self.get(page)
        form = next(form for form in Page(answer.text).forms if form["action"] == action)
        return self.send("POST", action, form["fields"] | fields)

    def sign_in(self, email, password):
        answer = self.submit("/sign-in", "/sign-in", email=email, password=password)
        assert answer.status == 303, answer.text
        return self
