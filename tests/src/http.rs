//! A plain HTTP/1.1 client on the loopback, so that stories and benches see the bytes on the wire.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use anyhow::{Context, bail};

/// An answer.
#[derive(Debug)]
pub struct Answer {
    /// Status code.
    pub status: u16,
    /// Headers with names in lower case.
    pub headers: Vec<(String, String)>,
    /// Body as it came over the wire.
    pub body: Vec<u8>,
    /// Bytes on the wire, head included.
    pub bytes: usize,
}

impl Answer {
    /// A header's value.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(n, _)| n == name)
            .map(|(_, v)| v.as_str())
    }

    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

/// A connection that is kept open between requests.
pub struct Client {
    host: String,
    stream: TcpStream,
    /// Headers sent with every request, each with its line end.
    pub headers: String,
}

impl Client {
    /// Connects to `http://host:port`.
    pub fn connect(base: &str) -> anyhow::Result<Self> {
        let host = base
            .strip_prefix("http://")
            .context("expected http://")?
            .to_owned();
        let stream = TcpStream::connect(&host)?;
        stream.set_read_timeout(Some(Duration::from_secs(30)))?;
        stream.set_nodelay(true)?;
        Ok(Self {
            host,
            stream,
            headers: String::new(),
        })
    }

    /// GET.
    pub fn get(&mut self, path: &str) -> anyhow::Result<Answer> {
        let request = format!(
            "GET {path} HTTP/1.1\r\nHost: {}\r\n{}\r\n",
            self.host, self.headers
        );
        self.exchange(request.as_bytes())
    }

    /// POST of a form.
    pub fn post(&mut self, path: &str, fields: &[(String, String)]) -> anyhow::Result<Answer> {
        let body = fields
            .iter()
            .map(|(n, v)| format!("{}={}", encode(n), encode(v)))
            .collect::<Vec<_>>()
            .join("&");
        let request = format!(
            "POST {path} HTTP/1.1\r\nHost: {}\r\nOrigin: http://{}\r\n{}Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{body}",
            self.host,
            self.host,
            self.headers,
            body.len()
        );
        self.exchange(request.as_bytes())
    }

    /// POST of a form that can send files, as browsers do it; no file is sent.
    pub fn post_parts(
        &mut self,
        path: &str,
        fields: &[(String, String)],
    ) -> anyhow::Result<Answer> {
        const BOUNDARY: &str = "----walker-7d3f9c2a1b";
        let mut body = String::new();
        for (name, value) in fields {
            let name = name.replace('"', "%22");
            body += &format!(
                "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"
            );
        }
        body += &format!("--{BOUNDARY}--\r\n");
        let request = format!(
            "POST {path} HTTP/1.1\r\nHost: {}\r\nOrigin: http://{}\r\n{}Content-Type: multipart/form-data; boundary={BOUNDARY}\r\nContent-Length: {}\r\n\r\n{body}",
            self.host,
            self.host,
            self.headers,
            body.len()
        );
        self.exchange(request.as_bytes())
    }

    /// Opens a page of questions and sends its form with these fields, beside what the page itself carries.
    pub fn save(&mut self, page: &str, fields: &[(&str, &str)]) -> anyhow::Result<Answer> {
        let shown = self.get(page)?.text();
        self.send(page, &shown, fields)
    }

    /// Sends the form of a page that was shown before.
    pub fn send(
        &mut self,
        page: &str,
        shown: &str,
        fields: &[(&str, &str)],
    ) -> anyhow::Result<Answer> {
        let mut all = crate::form::hidden(shown);
        all.extend(
            fields
                .iter()
                .map(|(n, v)| ((*n).to_owned(), (*v).to_owned())),
        );
        // A form with files goes elsewhere; without one its page takes it as well.
        self.post(page, &all)
    }

    /// Sends a form with one file.
    pub fn upload(
        &mut self,
        path: &str,
        fields: &[(String, String)],
        (field, name, bytes): (&str, &str, &[u8]),
    ) -> anyhow::Result<Answer> {
        let mut body = Vec::new();
        for (field, value) in fields {
            let part = format!(
                "--grenze\r\ncontent-disposition: form-data; name=\"{field}\"\r\n\r\n{value}\r\n"
            );
            body.extend(part.bytes());
        }
        let head = format!(
            "--grenze\r\ncontent-disposition: form-data; name=\"{field}\"; filename=\"{name}\"\r\ncontent-type: application/octet-stream\r\n\r\n"
        );
        body.extend(head.bytes());
        body.extend(bytes);
        body.extend(b"\r\n--grenze--\r\n");
        let mut request = format!(
            "POST {path} HTTP/1.1\r\nHost: {}\r\nOrigin: http://{}\r\n{}Content-Type: multipart/form-data; boundary=grenze\r\nContent-Length: {}\r\n\r\n",
            self.host,
            self.host,
            self.headers,
            body.len()
        )
        .into_bytes();
        request.extend(body);
        self.exchange(&request)
    }

    /// Uses a one-time link of the back office and keeps the session for all that follows.
    pub fn sign_in(&mut self, link: &str) -> anyhow::Result<()> {
        let signed = self.post(link, &[])?;
        let cookie = signed.header("set-cookie").context("no session")?;
        let cookie = cookie.split(';').next().unwrap_or_default();
        self.headers = format!("Cookie: {cookie}\r\n");
        Ok(())
    }

    fn exchange(&mut self, request: &[u8]) -> anyhow::Result<Answer> {
        self.stream.write_all(request)?;
        let mut received = Vec::with_capacity(16 * 1024);
        let mut buffer = [0; 16 * 1024];
        let head_end = loop {
            if let Some(at) = received.windows(4).position(|w| w == b"\r\n\r\n") {
                break at + 4;
            }
            let n = self.stream.read(&mut buffer)?;
            if n == 0 {
                bail!("the connection ended within the head");
            }
            received.extend_from_slice(&buffer[..n]);
        };
        let head = String::from_utf8_lossy(&received[..head_end]).into_owned();
        let mut lines = head.lines();
        let status = lines
            .next()
            .and_then(|l| l.split(' ').nth(1))
            .context("no status")?
            .parse()?;
        let headers: Vec<(String, String)> = lines
            .filter_map(|l| l.split_once(": "))
            .map(|(n, v)| (n.to_lowercase(), v.to_owned()))
            .collect();
        let mut answer = Answer {
            status,
            headers,
            body: Vec::new(),
            bytes: 0,
        };
        let length = answer
            .header("content-length")
            .and_then(|v| v.parse::<usize>().ok());
        let chunked = answer
            .header("transfer-encoding")
            .is_some_and(|v| v.contains("chunked"));
        let complete = |received: &[u8]| match length {
            _ if chunked => received[head_end..].ends_with(b"0\r\n\r\n"),
            Some(length) => received.len() >= head_end + length,
            None => true,
        };
        while !complete(&received) {
            let n = self.stream.read(&mut buffer)?;
            if n == 0 {
                bail!("the connection ended within the body");
            }
            received.extend_from_slice(&buffer[..n]);
        }
        answer.bytes = received.len();
        answer.body = if chunked {
            unchunk(&received[head_end..])?
        } else {
            received[head_end..].to_vec()
        };
        Ok(answer)
    }
}

fn unchunk(mut rest: &[u8]) -> anyhow::Result<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let end = rest
            .windows(2)
            .position(|w| w == b"\r\n")
            .context("a chunk without its size")?;
        let size = usize::from_str_radix(std::str::from_utf8(&rest[..end])?.trim(), 16)?;
        if size == 0 {
            return Ok(body);
        }
        body.extend_from_slice(&rest[end + 2..end + 2 + size]);
        rest = &rest[end + 2 + size + 2..];
    }
}

/// Percent-encoding of a form.
pub fn encode(text: &str) -> String {
    text.bytes()
        .map(|b| match b {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' => {
                char::from(b).to_string()
            }
            _ => format!("%{b:02X}"),
        })
        .collect()
}
