//! What an export lets out, and what it leaves behind when it breaks off.
