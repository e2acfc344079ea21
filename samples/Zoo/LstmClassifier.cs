using Dsl;

namespace Zoo;

/// <summary>Images of 28x28 read row by row: two layers of long short-term memory and a classifier on the last state, 214,282
/// parameters.</summary>
[Model(28, 28)]
[Lstm(128, Layers = 2, States = States.Last), Linear(10)]
public partial class LstmClassifier;
