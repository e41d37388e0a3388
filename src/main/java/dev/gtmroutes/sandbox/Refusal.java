package dev.gtmroutes.sandbox;

/** Why a request is refused: the status, what in it is wrong, and one sentence about it. */
record Refusal(int status, String field, String message) {
}
