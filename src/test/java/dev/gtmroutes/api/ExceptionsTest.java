// SPDX-License-Identifier: Apache-2.0
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

        assertThat(Exceptions.text(failure)).isEqualTo("TLS failed: the program trusts no authority that signed"
                + " the certificate of the host. To trust a private authority, start the program with"
                + " -Djavax.net.ssl.trustStore=<file>");
    }
}
