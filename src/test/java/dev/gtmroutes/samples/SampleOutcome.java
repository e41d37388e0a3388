// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.samples;

import java.util.List;

/**
 * What became of the records of a sample.
 *
 * @param arrived     the requests, in the order of their arrival
 * @param deadLetters the lines of the dead letters, in their order
 * @param delivered   how many records the program counted as delivered
 * @param rejected    how many records the program counted as rejected
 */
public record SampleOutcome(List<RecordingServer.Arrived> arrived, List<String> deadLetters, long delivered,
        long rejected) {
}
