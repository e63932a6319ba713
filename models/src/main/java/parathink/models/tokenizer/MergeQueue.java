package parathink.models.tokenizer;

import java.util.Arrays;

/** Places where two neighbours merge: the lowest rank first, the leftmost of those. A binary heap; not thread-safe. */
final class MergeQueue {
    private long[] heap; // rank above place
    private int size;

    MergeQueue(int expected) {
        heap = new long[Math.max(4, expected)];
    }

    boolean isEmpty() {
        return size == 0;
    }

    void add(int rank, int place) {
        if (size == heap.length) {
            heap = Arrays.copyOf(heap, 2 * size);
        }
        long added = ((long) rank << 32) | place;
        int at = size++;
        while (at > 0 && heap[(at - 1) / 2] > added) {
            heap[at] = heap[(at - 1) / 2];
            at = (at - 1) / 2;
        }
        heap[at] = added;
    }

    /** Takes the first: the rank in the upper half, the place in the lower. */
    long poll() {
        long first = heap[0];
        long last = heap[--size];
        int at = 0;
        while (2 * at + 1 < size) {
            int child = 2 * at + 1;
            if (child + 1 < size && heap[child + 1] < heap[child]) {
                child++;
            }
            if (heap[child] >= last) {
                break;
            }
            heap[at] = heap[child];
            at = child;
        }
        heap[at] = last;
        return first;
    }
}
