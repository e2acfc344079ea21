using System.Globalization;
using System.Text;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>More elements than this are not printed.</summary>
        private const long PrintedElements = 64;

        /// <summary>
        /// Shape, type and device, and the values of a small tensor: <c>[2x2], type = Float32, device = cpu, value = [[1, 2], [3,
        /// 4]]</c>.
        /// </summary>
        public override string ToString()
        {
            if (IsInvalid)
            {
                return string.Empty;
            }

            var text = new StringBuilder();
            text.Append(CultureInfo.InvariantCulture, $"[{string.Join('x', shape)}], type = {dtype}, device = {device}");
            if (device_type != DeviceType.META && numel() <= PrintedElements && !is_complex())
            {
                using var scope = NewDisposeScope();
                using var unrecorded = no_grad();
                text.Append(", value = ");
                AppendValues(text, detach().cpu());
            }

            return text.ToString();
        }

        private static void AppendValues(StringBuilder text, Tensor values)
        {
            if (values.dim() == 0)
            {
                text.Append(values.dtype == ScalarType.Float32
                    ? values.item<float>().ToString("G6", CultureInfo.InvariantCulture)
                    : values.ToScalar().ToString());
                return;
            }

            text.Append('[');
            var separator = string.Empty;
            foreach (var slice in values.unbind())
            {
                text.Append(separator);
                AppendValues(text, slice);
                separator = ", ";
            }

            text.Append(']');
        }
    }
}
