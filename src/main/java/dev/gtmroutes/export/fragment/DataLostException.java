// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.export.fragment;

import java.io.IOException;

/** The data of a job is not there any more, so the job has to be started anew. */
final class DataLostException extends IOException {

    DataLostException(String message) {
        super(message);
    }
}
