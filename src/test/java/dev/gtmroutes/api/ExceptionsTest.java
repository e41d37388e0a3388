package dev.gtmroutes.api;

import static org.assertj.core.api.Assertions.assertThat;

import javax.net.ssl.SSLHandshakeException;

import org.junit.jupiter.api.Test;

/** What a person reads of a failure. */
class ExceptionsTest {

    @Test
    void aCertificateThatNobodySignedIsToldWithoutNamesOfClasses() {
        SSLHandshakeException failure = new SSLHandshakeException("PKIX path building failed: "
                + "sun.security.provider.certpath.SunCertPathBuilderException: unable to find valid certification path to "
                + "requested target");

        assertThat(Exceptions.text(failure)).isEqualTo("TLS failed: PKIX path building failed: unable to find valid "
                + "certification path to requested target");
    }
}
