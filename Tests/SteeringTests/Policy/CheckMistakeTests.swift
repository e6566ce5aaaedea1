import Testing

/// Checks that cannot be made.
private let table = #"""
  web._check TXT "port=80"
  > 1:1: error: check web has no type=; it can be tcp, http, https, dns, icmp, agent, heartbeat, always

  web._check TXT "tpye=http"
  > 1:1: error: "tpye" is not a key; did you mean type=?

  web._check TXT "type=htttp"
  > 1:1: error: "type=htttp" is not known; did you mean type=http?

  web._check TXT "type=HTTP"
  > 1:1: error: "type=HTTP" is not known; did you mean type=http?

  web._check TXT "type=ping"
  > 1:1: error: "type=ping" is not known; did you mean type=icmp?

  web._check TXT "type=ftp"
  > 1:1: error: "type=ftp" is not known; it can be tcp, http, https, dns, icmp, agent, heartbeat, always

  web._check TXT "type=exec command=/bin/true interval=5"
  > 1:1: error: type=exec runs a program of the server, so such a check belongs in the server's configuration file

  web._check TXT "type=tcp"
  > 1:1: error: check web has no port=, and type tcp has none by default; write port=NUMBER

  web._check TXT "type=agent"
  > 1:1: error: check web has no port=, and type agent has none by default; write port=NUMBER

  web._check TXT "type=http port=0"
  > 1:1: error: "port=0" is out of range; it can be 1 to 65535

  web._check TXT "type=http port=65536"
  > 1:1: error: "port=65536" is out of range; it can be 1 to 65535

  web._check TXT "type=http port=http"
  > 1:1: error: "port=http" is not a whole number; it can be 1 to 65535

  web._check TXT "type=http interval=2"
  > 1:1: error: "interval=2" has no unit; write interval=2s for seconds, or ms, m or h

  web._check TXT "type=http interval=2sec"
  > 1:1: error: "interval=2sec" is not a duration; write a whole number and its unit, ms, s, m or h, like 500ms or 2s

  web._check TXT "type=http interval=1.5s"
  > 1:1: error: "interval=1.5s" is not a duration; write a whole number and its unit, ms, s, m or h, like 500ms or 2s

  web._check TXT "type=http interval=s"
  > 1:1: error: "interval=s" is not a duration; write a whole number and its unit, ms, s, m or h, like 500ms or 2s

  web._check TXT "type=http interval=10ms"
  > 1:1: error: "interval=10ms" is out of range; it can be 100ms to 24h

  web._check TXT "type=http interval=25h"
  > 1:1: error: "interval=25h" is out of range; it can be 100ms to 24h

  web._check TXT "type=http interval=999999999999999999h"
  > 1:1: error: "interval=999999999999999999h" is out of range; it can be 100ms to 24h

  web._check TXT "type=http timeout=3s"
  > 1:1: error: timeout=3s is above the interval of 2s; write a timeout of at most 2s

  web._check TXT "type=http interval=1s timeout=1500ms"
  > 1:1: error: timeout=1500ms is above the interval of 1s; write a timeout of at most 1s

  web._check TXT "type=http rise=0"
  > 1:1: error: "rise=0" is out of range; it can be 1 to 100

  web._check TXT "type=http fall=101"
  > 1:1: error: "fall=101" is out of range; it can be 1 to 100

  web._check TXT "type=http start=unknown"
  > 1:1: error: "start=unknown" is not known; it can be up, down

  web._check TXT "type=http slow-start=30"
  > 1:1: error: "slow-start=30" has no unit; write slow-start=30s for seconds, or ms, m or h

  web._check TXT "type=http slow_start=30s"
  > 1:1: error: "slow_start" is not a key; did you mean slow-start=?

  web._check TXT "type=icmp port=7"
  > 1:1: error: port= has no effect on a check of type icmp, which takes type, interval, timeout, rise, fall, start, slow-start

  web._check TXT "type=heartbeat timeout=1s"
  > 1:1: error: timeout= has no effect on a check of type heartbeat, which takes type, interval, rise, fall, start, slow-start

  web._check TXT "type=always interval=1s"
  > 1:1: error: interval= has no effect on a check of type always, which takes type

  web._check TXT "type=tcp port=80 path=/healthz"
  > 1:1: error: path= has no effect on a check of type tcp, which takes type, port, interval, timeout, rise, fall, start, slow-start, expect, send

  web._check TXT "type=http send=PING"
  > 1:1: error: send= has no effect on a check of type http, which takes type, port, interval, timeout, rise, fall, start, slow-start, path, host, method, header, expect, body

  web._check TXT "type=http verify=off"
  > 1:1: error: verify= has no effect on a check of type http, which takes type, port, interval, timeout, rise, fall, start, slow-start, path, host, method, header, expect, body

  web._check TXT "type=http path=healthz"
  > 1:1: error: "path=healthz" is not a path, which begins with / and has neither spaces nor #; write it like path=/healthz

  web._check TXT "type=http path=/a#b"
  > 1:1: error: "path=/a#b" is not a path, which begins with / and has neither spaces nor #; write it like path=/healthz

  web._check TXT "type=http host=www.example.com."
  > 1:1: error: "host=www.example.com." is not a host name without a final dot or port; write it like host=www.example.com

  web._check TXT "type=http host=http://www.example.com/"
  > 1:1: error: "host=http://www.example.com/" is not a host name without a final dot or port; write it like host=www.example.com

  web._check TXT "type=http method=get"
  > 1:1: error: "method=get" is not known; did you mean method=GET?

  web._check TXT "type=http method=FETCH"
  > 1:1: error: "method=FETCH" is not known; it can be GET, HEAD, OPTIONS, POST

  web._check TXT "type=http header=X-Probe"
  > 1:1: error: "header=X-Probe" is not a header field; write it like header=X-Probe: swiftlet

  web._check TXT "type=http" "header=X-Probe: a\013\010Other: b"
  > 1:1: error: "header=X-Probe: a??Other: b" is not a header field; write it like header=X-Probe: swiftlet

  web._check TXT "type=http" "header=Host: www.example.com"
  > 1:1: error: "header=Host: www.example.com" is not a header field besides Host; write it like host=www.example.com

  web._check TXT "type=http expect=2xx"
  > 1:1: error: "expect=2xx" is not a list of status codes; write it like expect=200-299,301

  web._check TXT "type=http expect=299-200"
  > 1:1: error: "expect=299-200" has its lowest value last; write expect=200-299

  web._check TXT "type=http expect=200-999"
  > 1:1: error: "expect=200-999" is out of range; it can be 100 to 599

  web._check TXT "type=http expect=200, 301"
  > 1:1: error: "expect=200, 301" is not a list of status codes; write it like expect=200-299,301

  web._check TXT "type=http method=HEAD body=ok"
  > 1:1: error: body= has no effect with method=HEAD, whose responses have no content; write method=GET

  web._check TXT "type=http url=http://www.example.com/"
  > 1:1: error: "url" is not a key; there are type, port, interval, timeout, rise, fall, start, slow-start, path, host, method, header, expect, body, ca, verify, query, qtype, rcode, answer, send

  web._check TXT "type=https"
  > 1:1: error: check web has no host=, the name that certificates are verified for; write one, like host=www.example.com, or verify=off

  web._check TXT "type=https host=www.example.com verify=no"
  > 1:1: error: "verify=no" is not known; did you mean verify=off?

  web._check TXT "type=https verify=off ca=/etc/ca.pem"
  > 1:1: error: ca= has no effect with verify=off; leave one of them out

  web._check TXT "type=https host=www.example.com ca=ca.pem"
  > 1:1: error: "ca=ca.pem" is not the path of a file from / on; write it like ca=/etc/ssl/certs/internal.pem

  web._check TXT "type=dns"
  > 1:1: error: check web has no query=; write the name to ask for, like query=www.example.com.

  web._check TXT "type=dns query=www.example.com"
  > 1:1: error: "query=www.example.com" is not a name with its final dot; write it like query=www.example.com.

  web._check TXT "type=dns query=www..example.com."
  > 1:1: error: "query=www..example.com." is not a domain name: a label is empty; dots stand between labels, never two in a row or in front

  web._check TXT "type=dns query=www.example.com. qtype=AXFR"
  > 1:1: error: "qtype=AXFR" is not a record type; write it like qtype=A or qtype=TYPE65280

  web._check TXT "type=dns query=www.example.com. rcode=NXDOMIAN"
  > 1:1: error: "rcode=NXDOMIAN" is not known; did you mean rcode=NXDOMAIN?

  web._check TXT "type=dns query=www.example.com. rcode=XYZ"
  > 1:1: error: "rcode=XYZ" is not known; it can be NOERROR, FORMERR, SERVFAIL, NXDOMAIN, NOTIMP, REFUSED, NOTAUTH

  web._check TXT "type=dns query=www.example.com. rcode=NXDOMAIN answer=192.0.2.1"
  > 1:1: error: answer= has no effect with an rcode= other than NOERROR; leave one of them out

  web._check TXT "type=dns query=www.example.com. qtype=AAAA answer=192.0.2.1"
  > 1:1: error: "answer=192.0.2.1" is not an IPv6 address; write it like answer=2001:db8::1

  web._check TXT "type=tcp port=80"
  WEB._check TXT "type=tcp"
  > 2:1: error: type= is said twice; write it once

  web._check TXT "type=icmp" "wibble=1"
  > 1:1: error: "wibble" is not a key; there are type, port, interval, timeout, rise, fall, start, slow-start, path, host, method, header, expect, body, ca, verify, query, qtype, rcode, answer, send

  web._check TXT "type=agent port=99" "send=up down=1"
  > 1:1: error: "down" is not a key; there are type, port, interval, timeout, rise, fall, start, slow-start, path, host, method, header, expect, body, ca, verify, query, qtype, rcode, answer, send

  web._check TXT "type=http" "expect=200,abc"
  > 1:1: error: "expect=200,abc" is not a list of status codes; write it like expect=200-299,301

  web._check TXT "type=tcp port=25 send=EHLO expcet=220"
  > 1:1: error: "expcet" is not a key; did you mean expect=?

  web._check TXT "type=tcp port=25 send= expect="
  > 1:1: error: send= has no value; write one right after it, or leave the key out
  > 1:1: error: expect= has no value; write one right after it, or leave the key out

  web._check TXT "type=https host=a..b"
  > 1:1: error: "host=a..b" is not a host name without a final dot or port; write it like host=www.example.com

  web._check TXT "type=dns query=www.example.com. qtype=MX answer="
  > 1:1: error: answer= has no value; write one right after it, or leave the key out

  web._check TXT "type=http interval=2 timeout=3s"
  > 1:1: error: "interval=2" has no unit; write interval=2s for seconds, or ms, m or h

  web._check TXT "type=http host=192.0.2.256"
  > 1:1: error: "host=192.0.2.256" is not a host name without a final dot or port; write it like host=www.example.com

  web._check TXT "type=https host=www.example.com ca=/\255.pem"
  > 1:1: error: "ca=/�.pem" is not the path of a file from / on; write it like ca=/etc/ssl/certs/internal.pem

  web._check TXT "type=dns query=b\195\188cher.example."
  > 1:1: error: "query=bücher.example." is not a name in ASCII, with the xn-- form of other letters; write it like query=xn--bcher-kva.example.
  """#

/// What needs the definition, so that the mistake is all there is to say.
private let use = #"""
  _lb.one TXT "check=web"
  """#

@Test(arguments: Mistake.all(in: table, before: use))
func checkMistakesAreReported(_ mistake: Mistake) throws {
  #expect(try mistake.found() == mistake.diagnostics)
}
