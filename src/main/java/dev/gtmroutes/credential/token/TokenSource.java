package dev.gtmroutes.credential.token;

/** Where the token of a credential comes from. Safe for use by many threads. */
public interface TokenSource {

    /**
     * @return a token to send
     * @throws NoTokenException if there is none for now
     */
    AccessToken token();

    /**
     * @param  refused the token that a vendor has answered 401 to
     * @return         another one to try instead, or null if there is none
     * @throws NoTokenException if a new one could not be had for now
     */
    AccessToken insteadOf(AccessToken refused);
}
