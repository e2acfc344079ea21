using System.Globalization;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>Where a tensor lives: a kind of device and, where there are several, which one.</summary>
    public sealed class Device : IEquatable<Device>
    {
        /// <summary>A device by name, as <c>cpu</c>, <c>cuda</c> (the current one) or <c>cuda:1</c>.</summary>
        /// <exception cref="ArgumentException">The name is not that of a device.</exception>
        public Device(string description)
        {
            ArgumentNullException.ThrowIfNull(description);
            var colon = description.IndexOf(':', StringComparison.Ordinal);
            var name = colon < 0 ? description : description[..colon];
            var number = -1;
            if (!Enum.TryParse(name, ignoreCase: true, out DeviceType parsed) || char.IsAsciiDigit(name[0])
                || (colon >= 0 && !int.TryParse(description.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out number)))
            {
                throw new ArgumentException(
                    $"'{description}' is not a device: expected a name as 'cpu', 'cuda' or 'cuda:0'.", nameof(description));
            }

            type = parsed;
            index = number;
        }

        /// <summary>A device by kind and name of it, as (<c>cuda</c>, 1).</summary>
        public Device(string deviceType, int index = -1)
            : this(deviceType) => this.index = index;

        /// <summary>A device by kind and index; index -1 is the current device of that kind.</summary>
        public Device(DeviceType deviceType, int index = -1)
        {
            type = deviceType;
            this.index = index;
        }

        /// <summary>A CUDA device by index.</summary>
        public Device(int index)
            : this(DeviceType.CUDA, index)
        {
        }

        /// <summary>The kind of device.</summary>
        public DeviceType type { get; }

        /// <summary>Which device of its kind; -1 for the current one.</summary>
        public int index { get; }

        /// <inheritdoc/>
        public bool Equals(Device? other) => other is not null && type == other.type && index == other.index;

        /// <inheritdoc/>
        public override bool Equals(object? obj) => Equals(obj as Device);

        /// <inheritdoc/>
        public override int GetHashCode() => HashCode.Combine(type, index);

        /// <summary>Whether both name the same device.</summary>
        public static bool operator ==(Device? left, Device? right) => left is null ? right is null : left.Equals(right);

        /// <summary>Whether they name different devices.</summary>
        public static bool operator !=(Device? left, Device? right) => !(left == right);

        /// <summary>A device by name.</summary>
        public static implicit operator Device(string description) => new(description);

        /// <summary>The name as libtorch spells it: <c>cpu</c>, <c>cuda:0</c>.</summary>
        public override string ToString()
        {
            var name = type.ToString().ToLowerInvariant();
            return index < 0 ? name : string.Create(CultureInfo.InvariantCulture, $"{name}:{index}");
        }
    }
}
