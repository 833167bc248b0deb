"""Asks a server of ours on this machine, as anybody or as one who is signed in."""

import http.client
import json
import re
import urllib.parse

ANSWERED_WITHIN_S = 60


def port_told(process):
    """What a server that was started on port 0 says it listens on, read from its standard error."""
    told = next((line for line in process.stderr if "(port " in line), None)
    if told is None:
        raise RuntimeError("the server did not start")
    return int(re.search(r"\(port (\d+)\)", told).group(1))


class Client:
    """Has a port."""

    def ask(self, method, path, headers=None, body=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=ANSWERED_WITHIN_S)
        connection.request(method, path, body, headers or {})
        answer = connection.getresponse()
        text = answer.read().decode()
        connection.close()
        return answer, text

    def sign_in(self, person):
        """Headers that speak as this person: the session's cookie and its token."""
        answer, page = self.ask("GET", "/sign-in")
        cookie = answer.headers["Set-Cookie"].split(";")[0]
        form = {"csrf": re.search(r'name="csrf" value="(\w+)"', page).group(1),
                "email": person["email"], "password": person["password"]}
        answer, _ = self.ask("POST", "/sign-in", {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"},
                             urllib.parse.urlencode(form))
        if answer.status not in (302, 303):
            raise RuntimeError("sign-in was answered %d" % answer.status)
        cookie = answer.headers["Set-Cookie"].split(";")[0]
        _, session = self.ask("GET", "/api/v1/session", {"Cookie": cookie})
        return {"Host": "127.0.0.1:%d" % self.port, "Cookie": cookie, "X-CSRF-Token": json.loads(session)["csrf"]}
