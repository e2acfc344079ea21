using Dsl.Torch;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>The sine of each element, in radians.</summary>
        public Tensor sin() => Aten.sin(this);

        /// <summary>The cosine of each element, in radians.</summary>
        public Tensor cos() => Aten.cos(this);

        /// <summary>The tangent of each element, in radians.</summary>
        public Tensor tan() => Aten.tan(this);

        /// <summary>The arcsine of each element, in radians.</summary>
        public Tensor asin() => Aten.asin(this);

        /// <summary>The arccosine of each element, in radians.</summary>
        public Tensor acos() => Aten.acos(this);

        /// <summary>The arctangent of each element, in radians.</summary>
        public Tensor atan() => Aten.atan(this);

        /// <summary>The hyperbolic sine of each element.</summary>
        public Tensor sinh() => Aten.sinh(this);

        /// <summary>The hyperbolic cosine of each element.</summary>
        public Tensor cosh() => Aten.cosh(this);

        /// <summary>The hyperbolic tangent of each element.</summary>
        public Tensor tanh() => Aten.tanh(this);

        /// <summary>The hyperbolic tangent of each element, in place.</summary>
        /// <returns>This tensor.</returns>
        public Tensor tanh_()
        {
            Aten.tanh_(this);
            return this;
        }

        /// <summary>The angle of the point (<paramref name="other"/>, this), in radians.</summary>
        public Tensor atan2(Tensor other) => Aten.atan2(this, other);
    }
}
