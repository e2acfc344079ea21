using System.Numerics;

namespace Dsl.Runtime;

// What the loops of sums, products and the like do with an element.
public static partial class Aten
{
    private readonly struct SumRule : IElementwiseRule
    {
        public static bool IsSymmetric => true;

        public static Vector<float> Of(Vector<float> x, Vector<float> y, Vector<float> number) => x + y;

        public static float Of(float x, float y, float number) => x + y;
    }

    // In one rounding where the processor can, as in libtorch.
    private readonly struct ScaledSumRule : IElementwiseRule
    {
        public static bool IsSymmetric => false;

        public static Vector<float> Of(Vector<float> x, Vector<float> y, Vector<float> number) =>
            Vector.MultiplyAddEstimate(y, number, x);

        public static float Of(float x, float y, float number) => float.MultiplyAddEstimate(y, number, x);
    }

    private readonly struct BlendRule : IElementwiseRule
    {
        public static bool IsSymmetric => false;

        public static Vector<float> Of(Vector<float> x, Vector<float> y, Vector<float> number) =>
            Vector.MultiplyAddEstimate(y, number, x * (Vector<float>.One - number));

        public static float Of(float x, float y, float number) => float.MultiplyAddEstimate(y, number, x * (1 - number));
    }

    private readonly struct DifferenceRule : IElementwiseRule
    {
        public static bool IsSymmetric => false;

        public static Vector<float> Of(Vector<float> x, Vector<float> y, Vector<float> number) => x - y;

        public static float Of(float x, float y, float number) => x - y;
    }

    private readonly struct ProductRule : IElementwiseRule
    {
        public static bool IsSymmetric => true;

        public static Vector<float> Of(Vector<float> x, Vector<float> y, Vector<float> number) => x * y;

        public static float Of(float x, float y, float number) => x * y;
    }

    private readonly struct QuotientRule : IElementwiseRule
    {
        public static bool IsSymmetric => false;

        public static Vector<float> Of(Vector<float> x, Vector<float> y, Vector<float> number) => x / y;

        public static float Of(float x, float y, float number) => x / y;
    }

    private readonly struct AddRule : IElementwiseRule
    {
        public static bool IsSymmetric => false;

        public static Vector<float> Of(Vector<float> x, Vector<float> y, Vector<float> number) => x + number;

        public static float Of(float x, float y, float number) => x + number;
    }

    private readonly struct SubtractRule : IElementwiseRule
    {
        public static bool IsSymmetric => false;

        public static Vector<float> Of(Vector<float> x, Vector<float> y, Vector<float> number) => x - number;

        public static float Of(float x, float y, float number) => x - number;
    }

    private readonly struct FromRule : IElementwiseRule
    {
        public static bool IsSymmetric => false;

        public static Vector<float> Of(Vector<float> x, Vector<float> y, Vector<float> number) => number - x;

        public static float Of(float x, float y, float number) => number - x;
    }

    private readonly struct MultiplyRule : IElementwiseRule
    {
        public static bool IsSymmetric => false;

        public static Vector<float> Of(Vector<float> x, Vector<float> y, Vector<float> number) => x * number;

        public static float Of(float x, float y, float number) => x * number;
    }

    private readonly struct DivideRule : IElementwiseRule
    {
        public static bool IsSymmetric => false;

        public static Vector<float> Of(Vector<float> x, Vector<float> y, Vector<float> number) => x / number;

        public static float Of(float x, float y, float number) => x / number;
    }

    private readonly struct NegativeRule : IElementwiseRule
    {
        public static bool IsSymmetric => false;

        public static Vector<float> Of(Vector<float> x, Vector<float> y, Vector<float> number) => -x;

        public static float Of(float x, float y, float number) => -x;
    }
}
