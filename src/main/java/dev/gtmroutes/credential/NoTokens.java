package dev.gtmroutes.credential;

/** Nothing is sent: there are previews only. */
final class NoTokens implements TokenSource {

    @Override
    public AccessToken token() {
        throw new NoTokenException("it is there for previews only", "", true);
    }

    @Override
    public AccessToken insteadOf(AccessToken refused) {
        return null;
    }
}
