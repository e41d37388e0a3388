package dev.gtmroutes.credential.token;

/** Nothing is sent: there are previews only. */
public final class PreviewTokens implements TokenSource {

    @Override
    public AccessToken token() {
        throw new NoTokenException("it is there for previews only", "", true);
    }

    @Override
    public AccessToken insteadOf(AccessToken refused) {
        return null;
    }
}
