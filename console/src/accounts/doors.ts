// accounts/doors.ts: the pages before the log-in. None is a place to go on to: it would lead round in a circle.
export const kDoors: readonly string[] = ["/login", "/register", "/forgot", "/setup", "/verify"];
