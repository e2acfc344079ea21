using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>The part of sequences [T, ...] that a recurrence computes: up to where the longest ends. What follows is
/// zeros.</summary>
internal static class LongestSequence
{
    /// <summary>How many steps the longest sequence has; all of them without lengths, and where reading these would wait for a
    /// device.</summary>
    /// <param name="lengths">[N], or null.</param>
    /// <param name="places">T.</param>
    public static long Steps(Tensor? lengths, long places)
    {
        if (lengths is null || lengths.device_type != TorchSharp.DeviceType.CPU) return places;
        using var longest = lengths.max();
        return Aten.item_int64(longest);
    }

    /// <summary>What was computed, with zeros behind it.</summary>
    /// <param name="computed">[S, ...]; it is freed.</param>
    /// <param name="places">T.</param>
    /// <returns>[T, ...]; the caller frees it.</returns>
    public static Tensor Whole(Tensor computed, long places)
    {
        using (computed)
        {
            var whole = computed.new_zeros([places, .. computed.shape.AsSpan(1)]);
            using var part = whole.narrow(0, 0, computed.size(0));
            part.copy_(computed);
            return whole;
        }
    }

    /// <summary>The same in operations that autograd can follow.</summary>
    public static Tensor Followed(Tensor computed, long places)
    {
        using (computed)
        {
            using var none = zeros([places - computed.size(0), .. computed.shape.AsSpan(1)], computed.dtype, computed.device);
            return cat([computed, none], 0);
        }
    }
}
