namespace Dsl.Runtime;

/// <summary>What a loop over elements reads and writes.</summary>
internal unsafe struct ElementWork
{
    /// <summary>Operands, results, numbers or sums that a loop may have, of each.</summary>
    public const int Most = 16;

    public long Count;
    public int Operands, Results, Sums;
    public double* Parts;
    public fixed float Numbers[Most];
    public fixed bool AreMeans[Most];
    private fixed long _operands[Most];
    private fixed long _results[Most];

    public readonly float* Operand(int index) => (float*)_operands[index];

    public readonly float* Result(int index) => (float*)_results[index];

    public void SetOperand(int index, float* data) => _operands[index] = (long)data;

    public void SetResult(int index, float* data) => _results[index] = (long)data;
}
