using System.Numerics;

namespace Dsl.Runtime;

/// <summary>Some of the elements that a loop of a step goes over, as vectors. Behind the last whole vector there is one more, of
/// which only the first numbers count.</summary>
public readonly unsafe ref struct ElementPart
{
    private readonly ElementWork* _work;
    private readonly Vector<float>* _rest;
    private readonly double* _sums;
    private readonly long _begin;
    private readonly int _count;

    // Either vectors from a place on, or one with as many numbers, which lies elsewhere.
    internal ElementPart(ElementWork* work, long begin, int count, Vector<float>* rest, double* sums)
    {
        (_begin, _count) = (begin, count);
        _work = work;
        _rest = rest;
        _sums = sums;
    }

    /// <summary>An operand of as many elements as the results have.</summary>
    /// <param name="index">Its number, from 0.</param>
    public ReadOnlySpan<Vector<float>> Operand(int index) => _rest != null ? new(_rest + index, 1)
        : new(_work->Operand(index) + _begin, _count / Vector<float>.Count);

    /// <summary>A result.</summary>
    /// <param name="index">Its number, from 0.</param>
    public Span<Vector<float>> Result(int index) => _rest != null ? new(_rest + ElementWork.Most + index, 1)
        : new(_work->Result(index) + _begin, _count / Vector<float>.Count);

    /// <summary>A number that stands beside all elements.</summary>
    /// <param name="index">Its number, from 0: those of tensors without dimensions come first.</param>
    public Vector<float> Number(int index) => new(_work->Numbers[index]);

    /// <summary>Adds to a sum over all elements.</summary>
    /// <param name="index">Its number, from 0.</param>
    /// <param name="sum">What this part comes to, in any order.</param>
    public void AddSum(int index, Vector<float> sum) => _sums[index] += Total(sum);

    /// <summary>Adds to the mean over all elements.</summary>
    /// <inheritdoc cref="AddSum"/>
    public void AddMean(int index, Vector<float> sum)
    {
        _sums[index] += Total(sum);
        _work->AreMeans[index] = true;
    }

    private double Total(Vector<float> sum)
    {
        if (_rest == null) return Vector.Sum(sum);
        double total = 0;
        for (int i = 0; i < _count; i++) total += sum[i];
        return total;
    }
}
