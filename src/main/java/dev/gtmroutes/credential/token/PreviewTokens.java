package dev.gtmroutes.credential.token;

/** Nothing is sent: there are previews only. */
public final class PreviewTokens implements TokenSource {

    @Override
    public AccessToken token() {
        throw new NoTokenException("this token is only for previews", "", true);
    }

    @Override
    public AccessToken insteadOf(AccessToken refused) {
        return null;
    }
}
