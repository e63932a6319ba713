package parathink.models.onnx;

import java.lang.foreign.MemorySegment;

/**
 * Keys and values of rows of one length, one behind the other without gaps: (rows, key heads, length, head size) for
 * each block. A pass reads them from one set of buffers and writes them, longer, to the other. Caches that look at the
 * first tokens of a row stay right when it grows. Freed when the last of its caches lets go; not thread-safe.
 */
final class KvStack {
    private static final int ROOM = 64; // tokens to grow by before buffers are made anew

    private final int kvHeads;
    private final long tokenBytes; // of one head
    private final RawMemory memory;
    private final MemorySegment[] present;
    private final MemorySegment[] next;
    private final int rows;
    private NativeOwner presentOwner = new NativeOwner();
    private NativeOwner nextOwner = new NativeOwner();
    private int presentRoom;
    private int nextRoom;
    private int length;
    private int users;

    KvStack(ExportLayout layout, RawMemory memory, int rows, int length) {
        this.kvHeads = layout.kvHeads();
        this.tokenBytes = (long) layout.headSize() * layout.cache().bytes;
        this.memory = memory;
        this.rows = rows;
        this.length = length;
        present = new MemorySegment[2 * layout.layers()];
        next = new MemorySegment[present.length];
        presentRoom = length;
        allocate(present, presentOwner, length);
    }

    int rows() {
        return rows;
    }

    int length() {
        return length;
    }

    void retain() {
        users++;
    }

    void release() {
        if (--users == 0) {
            presentOwner.close();
            nextOwner.close();
        }
    }

    /** What a pass reads. */
    MemorySegment past(int block) {
        return present[block];
    }

    /** Where a pass that appends so many tokens writes. */
    MemorySegment grown(int block, int tokens) {
        if (nextRoom < length + tokens) {
            nextOwner.close();
            nextRoom = 0; // for as long as there is nothing
            allocate(next, nextOwner, length + tokens + ROOM);
            nextRoom = length + tokens + ROOM;
        }
        return next[block];
    }

    /** Makes what the pass wrote the present. */
    void advance(int tokens) {
        for (int block = 0; block < present.length; block++) {
            var old = present[block];
            present[block] = next[block];
            next[block] = old;
        }
        var oldOwner = presentOwner;
        presentOwner = nextOwner;
        nextOwner = oldOwner;
        int oldRoom = presentRoom;
        presentRoom = nextRoom;
        nextRoom = oldRoom;
        length += tokens;
    }

    /** Copies tokens of a row of another stack into a row of this one. */
    void copy(KvStack source, int sourceRow, int sourceToken, int row, int token, int tokens) {
        for (int block = 0; block < present.length; block++) {
            for (int head = 0; head < kvHeads; head++) {
                long from = ((sourceRow * (long) kvHeads + head) * source.length + sourceToken) * tokenBytes;
                long to = ((row * (long) kvHeads + head) * length + token) * tokenBytes;
                MemorySegment.copy(source.present[block], from, present[block], to, tokens * tokenBytes);
            }
        }
    }

    private void allocate(MemorySegment[] blocks, NativeOwner owner, int tokens) {
        for (int block = 0; block < blocks.length; block++) {
            blocks[block] = memory.allocate(rows * (long) kvHeads * tokens * tokenBytes, owner);
        }
    }
}
