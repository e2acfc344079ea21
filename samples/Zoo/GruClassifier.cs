using Dsl;

namespace Zoo;

/// <summary>
/// One of 35 words from 100 frames of 40 features: gated recurrent units that read in both directions, dropout between the layers
/// and before the classifier, 436,003 parameters.
/// </summary>
[Model(100, 40)]
[Gru(128, Layers = 2, Bidirectional = true, Dropout = 0.2, States = States.Last), Dropout(0.2), Linear(35)]
public partial class GruClassifier;
