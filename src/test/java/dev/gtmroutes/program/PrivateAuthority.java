// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A certificate authority that no Java trusts by itself, with a certificate that it signed for this machine. */
public final class PrivateAuthority {

    static final String PASSWORD = "changeit";

    private final Path directory;

    /** @param directory gets the key stores */
    public PrivateAuthority(Path directory) throws IOException, InterruptedException {
        this.directory = directory;
        keytool("-genkeypair", "-keystore", "authority.p12", "-alias", "authority", "-dname", "CN=Private authority",
                "-keyalg", "EC", "-ext", "bc:c");
        keytool("-exportcert", "-keystore", "authority.p12", "-alias", "authority", "-rfc", "-file", "authority.pem");
        keytool("-genkeypair", "-keystore", "server.p12", "-alias", "server", "-dname", "CN=server", "-keyalg", "EC");
        keytool("-certreq", "-keystore", "server.p12", "-alias", "server", "-file", "server.csr");
        keytool("-gencert", "-keystore", "authority.p12", "-alias", "authority", "-infile", "server.csr", "-outfile",
                "server.pem", "-rfc", "-ext", "san=ip:127.0.0.1");
        keytool("-importcert", "-noprompt", "-keystore", "server.p12", "-alias", "authority", "-file", "authority.pem");
        keytool("-importcert", "-noprompt", "-keystore", "server.p12", "-alias", "server", "-file", "server.pem");
    }

    /** The certificate of the authority, as text. */
    Path certificate() {
        return directory.resolve("authority.pem");
    }

    /** For a server on 127.0.0.1. */
    public SSLContext server() throws IOException, GeneralSecurityException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream file = Files.newInputStream(directory.resolve("server.p12"))) {
            keys.load(file, PASSWORD.toCharArray());
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    /** Runs the JDK's tool in the directory. */
    void keytool(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(List.of(arguments));
        command.addAll(List.of("-storepass", PASSWORD));
        Process process = new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor()).as(output).isZero();
    }
}
