//! Listens, and serves every connection until the program is told to stop.

use std::io::{BufRead, IsTerminal};
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use gainsay::Error;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use tokio::net::TcpListener;
use tokio::sync::Semaphore;
use tower::ServiceExt;

use crate::{Accounts, Desk, Options, router, security};

/// So many connections at once; those beyond wait.
const CONNECTIONS: usize = 1024;
/// The head of a request must be there after so long, and has at most so many bytes and headers.
const HEAD_TIME: Duration = Duration::from_secs(10);
const HEAD_BYTES: usize = 32 * 1024;
const HEADERS: usize = 64;
/// So long is waited for answers under way when the program is told to stop.
const PARTING: Duration = Duration::from_secs(3);

/// Serves the desk until the program is told to stop; `say` gets the lines that people at the terminal should see.
///
/// # Errors
/// When the ledger cannot be opened, the address cannot be listened on, or lies beyond loopback and no admin has an
/// account.
pub fn serve(mut options: Options, say: &(dyn Fn(&str) + Sync)) -> Result<(), Error> {
    let loopback = options.listen.ip().to_canonical().is_loopback();
    if !loopback && !Accounts::of(&options.ledger)?.has_admin() {
        return Err(Error::input(format!(
            "{} can be reached from other computers, and no admin has an account; make one first: \
             gainsay account add NAME --role admin",
            options.listen
        )));
    }
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| Error::io("the desk cannot start", error))?;
    // The plain report of a panic may quote what a report says.
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        eprintln!("gainsay: the desk failed at {place}");
    }));
    runtime.block_on(async {
        let listener = TcpListener::bind(options.listen)
            .await
            .map_err(|error| Error::io(format!("cannot listen on {}", options.listen), error))?;
        options.listen = listener.local_addr().unwrap_or(options.listen);
        let desk = Desk::open(options.clone())?;
        say(&format!("the desk is at http://{}/", options.listen));
        if loopback {
            say(&format!("come in once, within 10 minutes: {}", link(&desk)?));
            more_links(desk.clone());
        } else {
            say("what crosses a network must be encrypted: have a TLS proxy forward to the desk, and name it by --host");
        }
        tokio::task::spawn_blocking(security::prepare);
        accept(listener, router(desk.clone())).await;
        desk.close();
        Ok(())
    })
}

fn link(desk: &Desk) -> Result<String, Error> {
    Ok(format!("http://{}{}", desk.options().listen, desk.link()?))
}

/// Another link whenever somebody at the terminal presses Enter.
fn more_links(desk: Desk) {
    let input = std::io::stdin();
    if !input.is_terminal() {
        return;
    }
    // A thread of its own: reading the terminal ends only with the program.
    std::thread::spawn(move || {
        for line in input.lock().lines() {
            match line.and_then(|_| link(&desk).map_err(std::io::Error::other)) {
                Ok(link) => eprintln!("gainsay: come in once, within 10 minutes: {link}"),
                Err(_) => return,
            }
        }
    });
}

/// Takes connections until the program is told to stop.
async fn accept(listener: TcpListener, router: Router) {
    let (places, graceful) = (Arc::new(Semaphore::new(CONNECTIONS)), GracefulShutdown::new());
    let reading = reading();
    let mut stop = std::pin::pin!(told_to_stop());
    loop {
        let Ok(place) = places.clone().acquire_owned().await else { return };
        let (stream, peer) = tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok(accepted) => accepted,
                // No more files may be open, or the other side went: neither lasts.
                Err(_) => {
                    tokio::time::sleep(Duration::from_millis(50)).await;
                    continue;
                }
            },
            () = &mut stop => break,
        };
        let _ = stream.set_nodelay(true);
        let router = router.clone();
        let service = service_fn(move |request: hyper::Request<Incoming>| {
            let mut request = request.map(Body::new);
            request.extensions_mut().insert(ConnectInfo(peer));
            router.clone().oneshot(request)
        });
        let connection = graceful.watch(reading.serve_connection(TokioIo::new(stream), service));
        tokio::spawn(async move {
            // A connection that breaks is nobody's fault.
            let _ = connection.await;
            drop(place);
        });
    }
    let _ = tokio::time::timeout(PARTING, graceful.shutdown()).await;
}

/// How connections are read.
fn reading() -> http1::Builder {
    let mut reading = http1::Builder::new();
    reading
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_TIME)
        .max_buf_size(HEAD_BYTES)
        .max_headers(HEADERS);
    reading
}

/// Ctrl-C, and what a service manager sends.
async fn told_to_stop() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = tokio::signal::ctrl_c() => {},
                _ = terminate.recv() => {},
            }
            return;
        }
    }
    let _ = tokio::signal::ctrl_c().await;
}
