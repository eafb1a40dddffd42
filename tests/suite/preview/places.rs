//! Which connection has to go where one more would be too many.

use std::sync::{Arc, Mutex};

use roadbook::preview::Places;

#[test]
fn the_one_that_was_silent_for_longest_has_to_go() {
    let (places, closed) = (Places::new(3), Arc::new(Mutex::new(Vec::new())));
    let take = |name: &'static str| {
        let closed = Arc::clone(&closed);
        let place = places.take()?;
        place.on_close(move || closed.lock().unwrap().push(name));
        Some(place)
    };
    let closed_now = || std::mem::take(&mut *closed.lock().unwrap());
    let (a, b, c) = (take("a").unwrap(), take("b").unwrap(), take("c").unwrap());
    assert!(closed_now().is_empty());
    // `a` is being answered, and `b` says nothing.
    let answer = a.busy();
    let d = take("d").unwrap();
    assert_eq!(closed_now(), ["b"]);
    // What was answered is silent from then on.
    drop(answer);
    let e = take("e").unwrap();
    assert_eq!(closed_now(), ["c"]);
    drop((a.busy(), d.busy()));
    let f = take("f").unwrap();
    assert_eq!(closed_now(), ["e"]);
    // Where each is asked for something, one more has no place.
    let busy = (a.busy(), d.busy(), f.busy());
    assert!(take("g").is_none() && closed_now().is_empty());
    drop(busy);
    // A place that is given back is free, and one that had to go is not given back twice.
    drop((b, c, e));
    drop(f);
    let _h = take("h").unwrap();
    assert!(closed_now().is_empty());
    let _i = take("i").unwrap();
    assert_eq!(closed_now(), ["a"]);
}

#[test]
fn however_many_say_nothing_the_next_has_a_place() {
    let (places, closed) = (Places::new(10), Arc::new(Mutex::new(0)));
    let mut silent = Vec::new();
    for _ in 0..700 {
        let place = places.take().unwrap();
        let closed = Arc::clone(&closed);
        place.on_close(move || *closed.lock().unwrap() += 1);
        silent.push(place);
    }
    assert_eq!(*closed.lock().unwrap(), 690);
}
